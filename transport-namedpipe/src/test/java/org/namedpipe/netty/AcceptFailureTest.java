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
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.BindException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.namedpipe.netty.internal.win32.CreatedInstance;
import org.namedpipe.netty.internal.win32.MemoryFaults;
import org.namedpipe.netty.internal.win32.OperationKind;
import org.namedpipe.netty.internal.win32.SimulatedPeer;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.win32.WindowsException;

/** Failures of listening: a bind that fails leaves nothing, a server that is bound tells, goes on, and keeps its name. */
class AcceptFailureTest extends OneThread {
    private static final int STATUS_INSUFFICIENT_RESOURCES = 0xC000_009A;
    private static final int BACKLOG = 2;

    private final Recorder recorder = new Recorder();
    private final Recorder children = new Recorder();

    private Channel bind() {
        Channel server = bound(server(recorder, children).option(ChannelOption.SO_BACKLOG, BACKLOG));
        recorder.take();
        return server;
    }

    private void failToCreate(int times) {
        kernel.faults().on("CreateNamedPipe").times(times).fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
    }

    private static int count(List<String> events, String event) {
        return Collections.frequency(events, event);
    }

    // ---- bind

    // case 38
    @ParameterizedTest
    @CsvSource({
        "ProcessTokenInformation, 0",
        "CreateNamedPipe, 0",
        "CreateNamedPipe, 1",
        "ConnectNamedPipe, 0",
        "ConnectNamedPipe, 1",
        "CreateEvent, 0",
        "CreateEvent, 1",
        "RegisterWait, 0",
        "RegisterWait, 1"
    })
    void aBindThatFailsHalfWayLeavesNothing(String call, int successes) {
        kernel.faults().on(call).after(successes).fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        ChannelFuture bind =
                server(recorder, children).option(ChannelOption.SO_BACKLOG, 3).bind(name);
        Channel server = channelOf(bind);
        assertThat(bind.cause()).isInstanceOf(IOException.class).hasMessageContaining("ERROR_NO_SYSTEM_RESOURCES");
        assertThat(server.isOpen()).isFalse();
        assertThat(recorder.take()).containsExactly("registered", "unregistered");
        assertThat(kernel.describeOpenHandles()).noneMatch(handle -> handle.contains("server"));
    }

    @Test
    void aChannelThatCouldNotBindMayTryAgain() {
        Channel server = channelOf(server(recorder, children).register());
        failToCreate(1);
        ChannelFuture failed = server.bind(name);
        settle();
        assertThat(failed.cause()).isInstanceOf(BindException.class);
        assertThat(server.isOpen()).isTrue();
        ChannelFuture bound = server.bind(name);
        settle();
        assertThat(bound.isSuccess()).isTrue();
        open();
        settle();
        assertThat(children.take()).containsExactly("registered", "active");
    }

    @Test
    void aBindWithoutMemoryLeavesNothing() {
        Channel server = channelOf(server(recorder, children).register());
        kernel.faults().before("RegisterWait", AcceptFailureTest::outOfMemory);
        ChannelFuture failed = server.bind(name);
        settle();
        assertThat(failed.cause()).isInstanceOf(OutOfMemoryError.class);
        assertThat(kernel.describeOpenHandles()).as("all but the port").hasSize(1);
        ChannelFuture bound = server.bind(name);
        settle();
        assertThat(bound.isSuccess()).isTrue();
    }

    // ---- accept

    @Test
    void aSuccessorWithoutMemoryIsTriedAgain() {
        bind();
        kernel.faults().before("CreateNamedPipe", AcceptFailureTest::outOfMemory);
        open();
        settle();
        assertThat(children.take()).isEmpty();
        assertThat(recorder.take()).isNotEmpty();
        pass(1000);
        assertThat(children.take()).containsExactly("registered", "active");
        open();
        settle();
        assertThat(children.take()).containsExactly("registered", "active");
    }

    @Test
    void aServerWhoseWaitsFailIsToldAndListensAgain() {
        bind();
        kernel.failWaits(Win32Error.ERROR_NOT_ENOUGH_MEMORY);
        kernel.faults().on("RegisterWait").times(4).fail(Win32Error.ERROR_NOT_ENOUGH_MEMORY);
        settle();
        assertThat(recorder.take()).isNotEmpty();
        pass(1000);
        open();
        settle();
        assertThat(children.take()).containsExactly("registered", "active");
    }

    private static void outOfMemory() {
        throw MemoryFaults.error();
    }

    // case 26
    @Test
    void aClientWaitsUntilItsPlaceCanBeTaken() {
        bind();
        failToCreate(1);
        SimulatedPeer patient = open();
        settle();
        assertThat(recorder.take()).containsExactly("caught WindowsException");
        assertThat(patient.write("x").code()).isEqualTo(Win32Error.ERROR_SUCCESS);
        assertThat(children.channels()).isEmpty();
        pass(1000);
        assertThat(recorder.take()).containsExactly("accepted", "readComplete");
        assertThat(children.take()).containsExactly("registered", "active", "read x", "readComplete");
        kernel.resetCalls();
        pass(10_000);
        assertThat(kernel.calls("CreateNamedPipe")).as("none is missing").isZero();
    }

    @Test
    void aClientThatWaitsIsNotAcceptedByAReadThatComesEarly() {
        Channel server = bind();
        server.config().setAutoRead(false);
        failToCreate(1);
        open();
        settle();
        server.read();
        settle();
        assertThat(children.channels()).isEmpty();
        kernel.resetCalls();
        server.read();
        settle();
        assertThat(kernel.calls("CreateNamedPipe")).isZero();
        pass(10);
        assertThat(children.channels()).hasSize(1);
    }

    // case 26
    @Test
    void aServerThatCouldNotAcceptRestsAndGoesOn() {
        Channel server = bind();
        failToCreate(1);
        open();
        settle();
        assertThat(server.isActive()).isTrue();
        assertThat(server.config().isAutoRead())
                .as("switched off by Netty's acceptor")
                .isFalse();
        pass(999);
        assertThat(server.config().isAutoRead()).isFalse();
        open();
        open();
        settle();
        assertThat(children.channels()).as("they wait").isEmpty();
        pass(1);
        assertThat(server.config().isAutoRead()).isTrue();
        assertThat(children.channels()).hasSize(3);
        assertThat(recorder.errors()).hasSize(1);
    }

    // case 26
    @Test
    void placesAreFilledWithGrowingPauses() {
        bind();
        failToCreate(6);
        open();
        settle();
        kernel.resetCalls();
        for (int i = 0; i < 1000; i++) {
            pass(1);
        }
        assertThat(kernel.calls("CreateNamedPipe"))
                .as("five failures and a success")
                .isEqualTo(6);
        assertThat(recorder.errors()).as("reported once").hasSize(1);
        kernel.resetCalls();
        pass(100_000);
        assertThat(kernel.calls("CreateNamedPipe")).as("none is missing").isZero();
    }

    /** A limit that the user has set is no failure, and what comes of it nothing to be told of. */
    @Test
    void aServerWithAllTheInstancesItMayHaveWaitsQuietlyUntilOneIsFree() {
        Channel server = bound(server(recorder, children).option(NamedPipeChannelOption.MAX_INSTANCES, 1));
        recorder.take();
        SimulatedPeer first = open();
        settle();
        pass(10_000);
        assertThat(recorder.take()).containsExactly("accepted", "readComplete");
        assertThat(server.config().isAutoRead()).isTrue();
        hangUp(first);
        settle();
        assertThat(children.channels().get(0).isOpen()).isFalse();
        open();
        settle();
        assertThat(children.channels()).as("no time has passed").hasSize(2);
        assertThat(recorder.errors()).isEmpty();
    }

    @Test
    void theNameStaysOwnedWhileAPlaceIsEmpty() {
        bind();
        failToCreate(1);
        open();
        settle();
        ChannelFuture other = server(new Recorder(), children).bind(name);
        channelOf(other);
        assertThat(other.cause()).isInstanceOf(BindException.class);
    }

    // case 26
    @Test
    void anInstanceThatCannotListenIsReplacedLater() {
        bind();
        kernel.faults().on("ConnectNamedPipe").fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        open();
        settle();
        assertThat(recorder.errors()).hasSize(1);
        pass(1000);
        open();
        open();
        settle();
        assertThat(children.channels()).hasSize(3);
    }

    // case 38
    @Test
    void aPendingConnectThatFailsIsToldAndReplaced() {
        bind();
        CreatedInstance first = kernel.instances(name.path()).get(0);
        kernel.faults().end(OperationKind.CONNECT, first.handle(), STATUS_INSUFFICIENT_RESOURCES);
        settle();
        assertThat(recorder.errors())
                .singleElement()
                .isInstanceOfSatisfying(
                        WindowsException.class,
                        error -> assertThat(error)
                                .hasMessage("ConnectNamedPipe(" + name.path()
                                        + ") failed: ERROR_NO_SYSTEM_RESOURCES (1450)"));
        pass(1000);
        open();
        open();
        settle();
        assertThat(children.channels()).hasSize(2);
    }

    // case 38
    @Test
    void connectsThatDieWithTheirThreadAreMadeAgainOnTheSameInstances() {
        bind();
        SimulatedPeer waiting = open();
        kernel.threadExited(Thread.currentThread());
        settle();
        assertThat(kernel.instances(name.path())).as("one for the accepted one").hasSize(BACKLOG + 1);
        assertThat(recorder.errors()).isEmpty();
        open();
        open();
        settle();
        assertThat(children.channels()).hasSize(3);
        assertThat(waiting.write("x").code()).isEqualTo(Win32Error.ERROR_SUCCESS);
    }

    @Test
    void aConnectThatDiesWithItsThreadAndCannotBeMadeAgainIsToldAndReplaced() {
        bind();
        kernel.faults().on("ConnectNamedPipe").fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        kernel.threadExited(Thread.currentThread());
        settle();
        assertThat(count(recorder.take(), "caught WindowsException")).isEqualTo(1);
        pass(1000);
        open();
        open();
        settle();
        assertThat(children.channels()).hasSize(2);
    }

    @Test
    void aServerThatClosesWhenAnAcceptFailsIsClosed() {
        Recorder strict = new Recorder() {
            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                super.exceptionCaught(ctx, cause);
                ctx.close();
            }
        };
        bound(server(strict, children).option(ChannelOption.SO_BACKLOG, BACKLOG));
        strict.take();
        failToCreate(1);
        open();
        settle();
        assertThat(strict.take()).containsExactly("caught WindowsException", "inactive", "unregistered");
        kernel.resetCalls();
        pass(5000);
        assertThat(kernel.calls("CreateNamedPipe")).isZero();
    }

    // case 38
    @Test
    void aChildThatItsLoopCannotTakeIsClosed() {
        bind();
        kernel.faults().on("Associate").fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        SimulatedPeer unlucky = open();
        settle();
        assertThat(unlucky.read(1).code()).isEqualTo(Win32Error.ERROR_BROKEN_PIPE);
        open();
        settle();
        assertThat(children.take()).contains("active");
    }
}
