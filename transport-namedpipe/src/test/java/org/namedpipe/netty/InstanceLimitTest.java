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
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.testkit.CreatedInstance;
import org.namedpipe.netty.testkit.SimulatedPeer;

/** A server with {@code MAX_INSTANCES} clients keeps its name, and accepts another as soon as one closes. */
class InstanceLimitTest extends OneThread {
    private final Recorder recorder = new Recorder();
    private final Recorder children = new Recorder();

    private NamedPipeServerChannel bindLimited(int instances) {
        NamedPipeServerChannel server =
                bound(server(recorder, children).option(NamedPipeChannelOption.MAX_INSTANCES, instances));
        recorder.take();
        return server;
    }

    /** Binds. Unless {@code held}, no instance holds the name between two clients, as under Wine. */
    private NamedPipeServerChannel bindLimited(int instances, boolean held) {
        if (!held) {
            kernel.faults().on("DisconnectNamedPipe").fail(Win32Error.ERROR_PIPE_LISTENING);
        }
        return bindLimited(instances);
    }

    private long tryToOpen() {
        return kernel.createFile(name.path(), Win32Constants.GENERIC_READ, Win32Constants.FILE_FLAG_OVERLAPPED);
    }

    private long tryToOpenAndClose() {
        long handle = tryToOpen();
        if (!Win32Error.isError(handle)) {
            kernel.closeHandle(handle);
        }
        return handle;
    }

    private long create(int flags, int maxInstances) {
        return kernel.createNamedPipe(
                name.path(),
                Win32Constants.PIPE_ACCESS_DUPLEX | Win32Constants.FILE_FLAG_OVERLAPPED | flags,
                Win32Constants.PIPE_TYPE_BYTE,
                maxInstances,
                0,
                0,
                0,
                0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientConnectsAsSoonAsAnotherCloses(boolean held) {
        bindLimited(2, held);
        List<SimulatedPeer> clients = new ArrayList<>(List.of(open(), open()));
        settle();
        for (int i = 0; i < 5; i++) {
            assertThat(tryToOpen()).isEqualTo(-Win32Error.ERROR_PIPE_BUSY);
            hangUp(clients.remove(0));
            settle();
            clients.add(open());
            settle();
        }
        assertThat(children.channels()).hasSize(7);
        assertThat(recorder.errors()).isEmpty();
    }

    /** No client sees ERROR_FILE_NOT_FOUND between the close of the last channel and the next instance. */
    @Test
    void theNameExistsBetweenTwoClients() {
        bindLimited(1);
        int missing = 0;
        for (int i = 0; i < 300; i++) {
            SimulatedPeer client = open();
            settle();
            hangUp(client);
            missing += attemptsThatFindNoPipe();
        }
        assertThat(missing).isZero();
        assertThat(recorder.errors()).isEmpty();
    }

    /** Tries to open the pipe after each run of the loop, and before each CreateNamedPipe of the server. */
    private int attemptsThatFindNoPipe() {
        List<Long> found = new ArrayList<>();
        kernel.faults().before("CreateNamedPipe", () -> found.add(tryToOpen()));
        long last;
        do {
            last = tryToOpenAndClose();
            found.add(last);
        } while (Win32Error.isError(last) && turn() > 0);
        settle();
        assertThat(found).contains(-(long) Win32Error.ERROR_PIPE_BUSY);
        assertThat(last).isPositive();
        return Collections.frequency(found, -(long) Win32Error.ERROR_FILE_NOT_FOUND);
    }

    @Test
    void anotherServerCannotTakeTheNameBetweenTwoClients() {
        bindLimited(1);
        SimulatedPeer client = open();
        settle();
        long[] taken = new long[1];
        kernel.faults()
                .before("CreateNamedPipe", () -> taken[0] = create(Win32Constants.FILE_FLAG_FIRST_PIPE_INSTANCE, 1));
        hangUp(client);
        settle();
        assertThat(taken[0]).isNegative();
        open();
        settle();
        assertThat(children.channels()).hasSize(2);
        assertThat(recorder.errors()).isEmpty();
    }

    @Test
    void theInstanceThatHoldsTheNameEndsWithTheServer() {
        Channel server = bindLimited(1);
        assertThat(tryToOpenAndClose()).isPositive();
        settle();
        server.close();
        settle();
        assertThat(tryToOpen()).isEqualTo(-Win32Error.ERROR_FILE_NOT_FOUND);
        kernel.closeHandle(create(Win32Constants.FILE_FLAG_FIRST_PIPE_INSTANCE, 1));
    }

    /** Windows counts the instance that holds the name, the limit of the option does not. */
    @ParameterizedTest
    @CsvSource({"1, 2", "2, 3", "253, 254", "254, 254", "255, 255"})
    void theLimitCountsClients(int instances, int ofWindows) {
        bindLimited(instances);
        assertThat(kernel.instances(name.path()))
                .extracting(CreatedInstance::maxInstances)
                .containsOnly(ofWindows);
        int clients = Math.min(instances, 20);
        for (int i = 0; i < clients; i++) {
            open();
            settle();
        }
        assertThat(children.channels()).hasSize(clients);
        if (clients == instances) {
            assertThat(tryToOpen()).isEqualTo(-Win32Error.ERROR_PIPE_BUSY);
        }
    }

    /** Reaching the limit is no error: the server makes no calls until an instance is free. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServerAtItsLimitMakesNoCalls(boolean held) {
        bindLimited(1, held);
        open();
        settle();
        kernel.resetCalls();
        pass(100_000);
        assertThat(kernel.calls("CreateNamedPipe")).isZero();
        assertThat(recorder.errors()).isEmpty();
    }

    @Test
    void aServerServesClientsIfItCannotHoldItsName() {
        kernel.faults().on("HoldNamedPipe").fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        bindLimited(1);
        for (int i = 0; i < 3; i++) {
            SimulatedPeer client = open();
            settle();
            hangUp(client);
            settle();
        }
        assertThat(children.channels()).hasSize(3);
        assertThat(recorder.errors()).isEmpty();
    }

    @Test
    void anAcceptedChannelThatOutlivesItsServerCreatesNoInstance() {
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

    /** An instance ends with its server end. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientThatDoesNotCloseItsEndTakesNoInstance(boolean held) {
        bindLimited(1, held);
        open();
        settle();
        children.channels().get(0).close();
        settle();
        open();
        settle();
        assertThat(children.channels()).hasSize(2);
        assertThat(recorder.errors()).isEmpty();
    }

    @Test
    void theBacklogIsLimited() {
        NamedPipeServerChannelConfig config = new NamedPipeServerChannel().pipeConfig();
        config.setOption(ChannelOption.SO_BACKLOG, 1024);
        assertThat(config.backlog()).isEqualTo(NamedPipeServerChannelConfig.MAX_BACKLOG);
    }

    // ---- a name with several servers

    private void bindShared() {
        bound(server(recorder, children)
                .option(NamedPipeChannelOption.FIRST_PIPE_INSTANCE, false)
                .option(NamedPipeChannelOption.MAX_INSTANCES, 1));
    }

    @Test
    void aServerWithoutFirstPipeInstanceJoinsANameOfOthers() {
        bindShared();
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

    @Test
    void aServerWithoutInstancesReportsOnceThatOthersHaveThemAll() {
        bindShared();
        SimulatedPeer client = open();
        settle();
        long[] other = new long[1];
        kernel.faults().before("CreateNamedPipe", () -> other[0] = create(0, 1));
        hangUp(client);
        settle();
        assertThat(recorder.errors()).isEmpty();
        for (int i = 0; i < 20; i++) {
            pass(1000);
        }
        assertThat(recorder.errors())
                .singleElement()
                .satisfies(error -> assertThat(error)
                        .isInstanceOf(BindException.class)
                        .hasMessageContaining("ERROR_PIPE_BUSY (231)")
                        .hasMessageContaining("other servers of the name have all the instances it may have"));
        kernel.closeHandle(other[0]);
        pass(1000);
        open();
        settle();
        assertThat(children.channels()).hasSize(2);
    }

    @Test
    void aNameWhoseInstancesOthersHaveCannotBeBound() {
        long other = create(0, 1);
        ChannelFuture bind = server(recorder, children)
                .option(NamedPipeChannelOption.FIRST_PIPE_INSTANCE, false)
                .bind(name);
        channelOf(bind);
        assertThat(bind.cause())
                .isInstanceOf(BindException.class)
                .hasMessageContaining("other servers of the name have all the instances it may have");
        kernel.closeHandle(other);
    }
}
