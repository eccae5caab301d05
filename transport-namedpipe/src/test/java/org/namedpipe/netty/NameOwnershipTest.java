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
import io.netty.channel.ManualIoEventLoop;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.testkit.SimulatedPeer;
import org.namedpipe.netty.win32.WindowsException;

/** A server owns its name from bind to close. It does not join a name that it has lost. */
class NameOwnershipTest extends OneThread {
    private final Recorder recorder = new Recorder();
    private final Recorder children = new Recorder();

    private NamedPipeServerChannel bind(ChannelOption<Integer> option, int value) {
        NamedPipeServerChannel server = bound(server(recorder, children).option(option, value));
        recorder.take();
        return server;
    }

    /** Binds a server whose name ends with its listening and accepted instances, as under Wine. */
    private NamedPipeServerChannel bindWithoutHolder(int instances) {
        kernel.faults().on("DisconnectNamedPipe").fail(Win32Error.ERROR_PIPE_LISTENING);
        return bind(NamedPipeChannelOption.MAX_INSTANCES, instances);
    }

    private Throwable bindError() {
        ChannelFuture bind = server(new Recorder(), new Recorder()).bind(name);
        channelOf(bind);
        return bind.cause();
    }

    private void assertNameIsOwned() {
        assertThat(bindError()).isInstanceOf(BindException.class);
    }

    private void assertThatAllAreBusy() {
        long opened = kernel.createFile(name.path(), Win32Constants.GENERIC_READ, Win32Constants.FILE_FLAG_OVERLAPPED);
        assertThat(opened).isEqualTo(-Win32Error.ERROR_PIPE_BUSY);
    }

    private void assertNameIsTaken(Throwable error) {
        assertThat(error)
                .isInstanceOf(BindException.class)
                .hasMessageContaining(name.path())
                .hasMessageContaining("the name is taken")
                .hasCauseInstanceOf(WindowsException.class);
    }

    @Test
    void theLastInstanceIsNotAcceptedWithoutAReplacement() {
        bind(ChannelOption.SO_BACKLOG, 1);
        kernel.faults().on("CreateNamedPipe").path(name.path()).times(5).fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        SimulatedPeer hasty = open();
        hasty.write("bye").succeeds();
        hangUp(hasty);
        settle();
        assertThat(recorder.take()).containsExactly("caught WindowsException");
        assertNameIsOwned();
        for (int i = 0; i < 40; i++) {
            pass(5);
            assertNameIsOwned();
        }
        pass(2000);
        assertNameIsOwned();
        assertThat(children.take()).contains("read bye", "unregistered");
        open();
        settle();
        assertThat(children.channels()).hasSize(2);
        assertThat(recorder.errors()).hasSize(1);
    }

    @Test
    void aServerThatClosesWhileAClientWaitsReleasesTheName() {
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

    // ---- after the server is closed

    @Test
    void acceptedChannelsHoldTheNameOfAnEarlierServer() {
        Channel earlier = bind(ChannelOption.SO_BACKLOG, 1);
        open();
        settle();
        earlier.close();
        settle();
        assertThat(bindError())
                .isInstanceOf(BindException.class)
                .hasMessageContaining("CreateNamedPipe(" + name.path() + ") failed: ERROR_ACCESS_DENIED (5)")
                .hasMessageContaining("by channels that an earlier server accepted and that are still open")
                .hasMessageContaining("or this process may not create it");
        children.channels().get(0).close();
        settle();
        bind(ChannelOption.SO_BACKLOG, 1);
    }

    /** An instance ends with its server end. */
    @Test
    void aClientThatStaysDoesNotHoldTheNameOfAnEarlierServer() {
        Channel earlier = bind(ChannelOption.SO_BACKLOG, 1);
        open();
        settle();
        earlier.close();
        children.channels().get(0).close();
        settle();
        bind(ChannelOption.SO_BACKLOG, 1);
    }

    @Test
    void aServerWithoutFirstPipeInstanceListensWhileChannelsOfAnEarlierServerAreOpen() {
        Channel earlier = bind(ChannelOption.SO_BACKLOG, 1);
        SimulatedPeer old = open();
        settle();
        earlier.close();
        settle();
        bound(server(recorder, children).option(NamedPipeChannelOption.FIRST_PIPE_INSTANCE, false));
        open();
        settle();
        assertThat(children.channels()).hasSize(2).allMatch(Channel::isOpen);
        old.write("still here").succeeds();
        settle();
        assertThat(children.take()).contains("read still here");
    }

    // ---- the last instance of the server has closed, and nothing holds the name

    @Test
    void aNameThatWasTakenAfterTheLastChildClosedIsNotJoined() {
        bindWithoutHolder(1);
        SimulatedPeer client = open();
        settle();
        List<SimulatedPeer> squatter = new ArrayList<>();
        kernel.faults().before("CreateNamedPipe", () -> squatter.add(listen()));
        hangUp(client);
        settle();
        assertThat(recorder.errors()).singleElement().satisfies(this::assertNameIsTaken);
        pass(10_000);
        assertThat(recorder.errors()).as("reported once").hasSize(1);
        SimulatedPeer misled = open();
        misled.write("for the other").succeeds();
        assertThat(squatter.get(0).read(13).text()).isEqualTo("for the other");
        assertThat(children.channels()).hasSize(1);

        hangUp(squatter.get(0));
        hangUp(misled);
        pass(1000);
        open();
        settle();
        assertThat(children.channels()).as("the server owns the name again").hasSize(2);
    }

    /** Another process of the same user can create a pipe with the same descriptor. */
    @Test
    void aNameThatWasTakenWithTheSameDescriptorIsNotJoined() {
        bindWithoutHolder(1);
        String descriptor = kernel.instances(name.path()).get(0).securityDescriptor();
        SimulatedPeer client = open();
        settle();
        long address = kernel.createSecurityDescriptor(String.valueOf(descriptor));
        long[] squatter = new long[1];
        kernel.faults()
                .before(
                        "CreateNamedPipe",
                        () -> squatter[0] = kernel.createNamedPipe(
                                name.path(),
                                Win32Constants.PIPE_ACCESS_DUPLEX | Win32Constants.FILE_FLAG_OVERLAPPED,
                                Win32Constants.PIPE_REJECT_REMOTE_CLIENTS,
                                Win32Constants.PIPE_UNLIMITED_INSTANCES,
                                0,
                                0,
                                0,
                                address));
        hangUp(client);
        settle();
        assertThat(recorder.errors()).singleElement().satisfies(this::assertNameIsTaken);
        assertThat(kernel.instances(name.path()))
                .as("instances of the other process")
                .hasSize(2);
        kernel.closeHandle(squatter[0]);
        kernel.freeSecurityDescriptor(address);
    }

    /** The last channel closes, and another process takes the name, while the server creates an instance. */
    @Test
    void aNameThatIsTakenWhileTheLastChannelClosesIsNotJoined() {
        bindWithoutHolder(2);
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
        // The server has no instance of the other's pipe.
        assertThatAllAreBusy();
    }

    /** The last instance that the server finds is its own, which the loop of its channel is closing. */
    @Test
    void anOwnInstanceThatIsClosingIsNotMistakenForOneOfAnotherProcess() {
        ManualIoEventLoop childLoop = newLoop();
        kernel.faults().on("DisconnectNamedPipe").fail(Win32Error.ERROR_PIPE_LISTENING);
        bound(server(childLoop, recorder, children).option(NamedPipeChannelOption.MAX_INSTANCES, 2));
        open();
        open();
        settle();
        childLoop.runNow();
        children.channels().get(0).close();
        childLoop.runNow();
        kernel.faults().before("CloseHandle", this::settle);
        children.channels().get(1).close();
        childLoop.runNow();
        settle();
        assertThat(recorder.errors()).isEmpty();
        open();
        open();
        settle();
        shutDown(childLoop);
        assertThat(children.channels()).as("without a pause").hasSize(4);
    }

    /** A duplicate of the handle keeps the instance after the channel has closed. */
    @Test
    void anInstanceThatRunsATaskAsItsClientHoldsTheName() throws Exception {
        bindWithoutHolder(1);
        SimulatedPeer client = open();
        client.write("x").succeeds();
        settle();
        CountDownLatch release = new CountDownLatch(1);
        NamedPipeChannel child = (NamedPipeChannel) children.channels().get(0);
        CountDownLatch running = new CountDownLatch(1);
        child.runAsClient(() -> {
            running.countDown();
            return release.await(20, TimeUnit.SECONDS);
        });
        Await.done(running);
        child.close();
        hangUp(client);
        settle();
        assertThatAllAreBusy();
        assertNameIsOwned();
        assertThat(recorder.errors()).isEmpty();
        long created = kernel.calls("CreateNamedPipe");
        release.countDown();
        while (kernel.calls("CreateNamedPipe") == created) {
            assertThat(Thread.currentThread().isInterrupted()).as("timed out").isFalse();
            settle();
            Thread.onSpinWait();
        }
        settle();
        open();
        settle();
        assertThat(children.channels()).hasSize(2);
        assertThat(recorder.errors()).isEmpty();
    }
}
