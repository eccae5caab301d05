/*
 * Copyright 2026 The Netty named pipe project
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package org.namedpipe.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.win32.SimulatedPeer;
import org.namedpipe.netty.win32.Win32Constants;
import org.namedpipe.netty.win32.Win32Error;
import org.namedpipe.netty.win32.Win32Exception;

/** That a server's name is the server's from bind to close, and what becomes of it if nothing can keep it. */
class NameOwnershipTest extends OneThread {
    private final Recorder recorder = new Recorder();
    private final Recorder children = new Recorder();

    private NamedPipeServerChannel bind(ChannelOption<Integer> option, int value) {
        NamedPipeServerChannel server = bound(server(recorder, children).option(option, value));
        recorder.take();
        return server;
    }

    private NamedPipeServerChannel bindLimited(int instances) {
        return bind(NamedPipeChannelOption.MAX_INSTANCES, instances);
    }

    private void assertNobodyCanBind() {
        ChannelFuture other = server(new Recorder(), new Recorder()).bind(name);
        channelOf(other);
        assertThat(other.cause()).isInstanceOf(BindException.class);
    }

    private void assertThatAllAreBusy() {
        long opened = kernel.createFile(name.path(), Win32Constants.GENERIC_READ, Win32Constants.FILE_FLAG_OVERLAPPED);
        assertThat(opened).isEqualTo(-Win32Error.ERROR_PIPE_BUSY);
    }

    private void assertNameIsTaken(Throwable error) {
        assertThat(error)
                .isInstanceOf(BindException.class)
                .hasMessageContaining(name.path())
                .hasMessageEndingWith("the name is taken")
                .hasCauseInstanceOf(Win32Exception.class);
    }

    @Test
    void theLastInstanceIsNotHandedOverWithoutASuccessor() {
        bind(ChannelOption.SO_BACKLOG, 1);
        kernel.faults().on("CreateNamedPipe").path(name.path()).times(5).fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        SimulatedPeer hasty = open();
        hasty.write("bye").succeeds();
        hangUp(hasty);
        settle();
        assertThat(recorder.take()).containsExactly("caught Win32Exception");
        assertNobodyCanBind();
        for (int i = 0; i < 40; i++) {
            pass(5);
            assertNobodyCanBind();
        }
        pass(2000);
        assertNobodyCanBind();
        assertThat(children.take()).contains("read bye", "unregistered");
        open();
        settle();
        assertThat(children.channels()).hasSize(2);
        assertThat(recorder.errors()).hasSize(1);
    }

    @Test
    void aServerThatIsClosedWhileAClientWaitsLetsGoOfTheName() {
        Channel server = bind(ChannelOption.SO_BACKLOG, 1);
        kernel.faults().on("CreateNamedPipe").fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        SimulatedPeer waiting = open();
        settle();
        server.close();
        settle();
        assertThat(waiting.read(1).code()).isEqualTo(Win32Error.ERROR_BROKEN_PIPE);
        hangUp(waiting);
        bind(ChannelOption.SO_BACKLOG, 1);
    }

    @Test
    void anInstanceThatClosesMakesRoomAtOnce() {
        bindLimited(2);
        List<SimulatedPeer> clients = new ArrayList<>(List.of(open(), open()));
        settle();
        for (int i = 0; i < 5; i++) {
            assertThatAllAreBusy();
            hangUp(clients.remove(0));
            settle();
            clients.add(open());
            settle();
        }
        assertThat(children.channels()).hasSize(7);
        assertThat(recorder.errors()).isEmpty();
    }

    @Test
    void aChildThatOutlivesItsServerDoesNotBringItBack() {
        Channel server = bindLimited(1);
        SimulatedPeer client = open();
        settle();
        server.close();
        settle();
        kernel.resetCalls();
        hangUp(client);
        pass(5000);
        assertThat(kernel.calls("CreateNamedPipe")).isZero();
    }

    @Test
    void aNameThatWasTakenAfterTheLastChildClosedIsNotJoined() {
        bindLimited(1);
        SimulatedPeer client = open();
        settle();
        List<SimulatedPeer> squatter = new ArrayList<>();
        kernel.faults().before("CreateNamedPipe", () -> squatter.add(listen()));
        hangUp(client);
        settle();
        assertThat(recorder.errors()).singleElement().satisfies(this::assertNameIsTaken);
        pass(10_000);
        assertThat(recorder.errors()).as("told once").hasSize(1);
        SimulatedPeer misled = open();
        misled.write("for the other").succeeds();
        assertThat(squatter.get(0).read(13).text()).isEqualTo("for the other");
        assertThat(children.channels()).hasSize(1);

        hangUp(squatter.get(0));
        hangUp(misled);
        pass(1000);
        open();
        settle();
        assertThat(children.channels()).as("the name is ours again").hasSize(2);
    }

    /** The last child closes, and somebody takes the name, just while an instance of it is being created. */
    @Test
    void aNameThatIsTakenWhileThereSeemsToBeAChildIsNotJoined() {
        bindLimited(2);
        SimulatedPeer first = open();
        SimulatedPeer second = open();
        settle();
        List<SimulatedPeer> squatter = new ArrayList<>();
        kernel.faults().before("CreateNamedPipe", () -> {
            children.channels().get(1).close();
            hangUp(second);
            squatter.add(listen());
        });
        hangUp(first);
        settle();
        assertThat(recorder.errors()).singleElement().satisfies(this::assertNameIsTaken);
        open().write("for the other").succeeds();
        assertThat(squatter.get(0).read(13).text()).isEqualTo("for the other");
        // No instance of ours is left in the other's pipe.
        assertThatAllAreBusy();
    }

    /** Windows counts an instance until both of its ends are closed. */
    @Test
    void aClientThatDoesNotCloseItsEndKeepsTheNameForItsServer() {
        bindLimited(1);
        SimulatedPeer client = open();
        settle();
        children.channels().get(0).close();
        pass(1000);
        hangUp(client);
        pass(1000);
        assertThat(recorder.errors()).isEmpty();
        open();
        settle();
        assertThat(children.channels()).hasSize(2);
    }

    @Test
    void aClientThatStaysForLongWithoutAServerIsToldOfOnce() {
        bindLimited(1);
        SimulatedPeer client = open();
        settle();
        children.channels().get(0).close();
        for (int i = 0; i < 20; i++) {
            pass(1000);
        }
        assertThat(recorder.errors())
                .singleElement()
                .satisfies(error -> assertThat(error)
                        .isInstanceOf(BindException.class)
                        .hasMessageContaining("ERROR_PIPE_BUSY (231), though no instance of it is this server's"));
        hangUp(client);
        pass(1000);
        open();
        settle();
        assertThat(children.channels()).hasSize(2);
    }

    @Test
    void anotherInstanceOfANameThatOnlyAClientHoldsMayBeCreated() {
        bindLimited(2);
        SimulatedPeer first = open();
        open();
        settle();
        children.channels().get(1).close();
        hangUp(first);
        settle();
        open();
        settle();
        assertThat(children.channels()).hasSize(3);
        assertThat(recorder.errors()).isEmpty();
    }

    @Test
    void aServerThatMayJoinDoesSo() {
        bound(server(recorder, children)
                .option(NamedPipeChannelOption.FIRST_PIPE_INSTANCE, false)
                .option(NamedPipeChannelOption.MAX_INSTANCES, 1));
        SimulatedPeer client = open();
        settle();
        kernel.faults().before("CreateNamedPipe", this::listen);
        hangUp(client);
        settle();
        assertThat(recorder.errors()).isEmpty();
        open();
        open();
        settle();
        assertThat(children.channels()).hasSize(2);
    }
}
