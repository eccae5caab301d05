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
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.namedpipe.netty.internal.win32.MemoryFaults;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.testing.WaitThreads;
import org.namedpipe.netty.testkit.CreatedInstance;
import org.namedpipe.netty.testkit.OperationKind;
import org.namedpipe.netty.testkit.SimulatedPeer;
import org.namedpipe.netty.win32.WindowsException;

/** A server that cannot listen or accept reports the error once, tries again after a pause, and keeps its name. */
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

    @Test
    void aReplacementIsCreatedAgainAfterAnOutOfMemoryError() {
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
    void aServerReportsFailedWaitsAndListensAgain() {
        WaitThreads.only(kernel);
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

    @Test
    void aClientIsAcceptedWhenItsReplacementExists() {
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
        assertThat(kernel.calls("CreateNamedPipe"))
                .as("when all instances listen")
                .isZero();
    }

    @Test
    void anEarlyReadDoesNotAcceptAClientWithoutReplacement() {
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

    @Test
    void aServerThatCouldNotAcceptPausesAndAcceptsAgain() {
        Channel server = bind();
        failToCreate(1);
        open();
        settle();
        assertThat(server.isActive()).isTrue();
        assertThat(server.config().isAutoRead())
                .as("after Netty's acceptor has switched it off")
                .isFalse();
        pass(999);
        assertThat(server.config().isAutoRead()).isFalse();
        open();
        open();
        settle();
        assertThat(children.channels()).as("before the pause has ended").isEmpty();
        pass(1);
        assertThat(server.config().isAutoRead()).isTrue();
        assertThat(children.channels()).hasSize(3);
        assertThat(recorder.errors()).hasSize(1);
    }

    @Test
    void replacementsAreCreatedWithGrowingPauses() {
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
        assertThat(kernel.calls("CreateNamedPipe"))
                .as("when all instances listen")
                .isZero();
    }

    private enum Fault {
        CONNECT_FAILS_SYNCHRONOUSLY,
        CONNECT_FAILS_ASYNCHRONOUSLY,
        THREAD_EXITS_AND_CONNECT_FAILS
    }

    /** Returns the number of clients that connected. */
    private int cause(Fault fault) {
        if (fault == Fault.CONNECT_FAILS_ASYNCHRONOUSLY) {
            CreatedInstance first = kernel.instances(name.path()).get(0);
            kernel.faults().end(OperationKind.CONNECT, first.handle(), STATUS_INSUFFICIENT_RESOURCES);
            return 0;
        }
        kernel.faults().on("ConnectNamedPipe").fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        if (fault == Fault.THREAD_EXITS_AND_CONNECT_FAILS) {
            kernel.threadExited(Thread.currentThread());
            return 0;
        }
        open();
        return 1;
    }

    @ParameterizedTest
    @EnumSource
    void anInstanceThatCannotListenIsReportedOnceAndReplacedAfterAPause(Fault fault) {
        bind();
        int clients = cause(fault);
        settle();
        assertThat(recorder.errors())
                .singleElement()
                .isInstanceOf(WindowsException.class)
                .asString()
                .endsWith("ConnectNamedPipe(" + name.path() + ") failed: ERROR_NO_SYSTEM_RESOURCES (1450)");
        pass(1000);
        open();
        open();
        settle();
        assertThat(children.channels()).hasSize(clients + 2);
        assertThat(recorder.errors()).hasSize(1);
    }

    @Test
    void connectsThatEndWithTheirThreadAreIssuedAgainOnTheSameInstances() {
        bind();
        SimulatedPeer waiting = open();
        kernel.threadExited(Thread.currentThread());
        settle();
        assertThat(kernel.instances(name.path()))
                .as("BACKLOG and the accepted one")
                .hasSize(BACKLOG + 1);
        assertThat(recorder.errors()).isEmpty();
        open();
        open();
        settle();
        assertThat(children.channels()).hasSize(3);
        assertThat(waiting.write("x").code()).isEqualTo(Win32Error.ERROR_SUCCESS);
    }

    @Test
    void aHandlerMayCloseTheServerWhenAnAcceptFails() {
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

    @Test
    void anAcceptedChannelThatCannotRegisterIsClosed() {
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
