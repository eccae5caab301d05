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

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Win32Error;

/** Attempts to open pipes of a computer that does not answer: their threads, and their limits. */
class RemoteCallsTest extends AbstractRemotePipeTest {

    private List<ChannelFuture> connectToASilentHost(int count) {
        kernel.addSilentHost(HOST);
        List<ChannelFuture> connects = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            // Each has a name of its own, so that none waits in a line.
            NamedPipeAddress address = NamedPipeAddress.of(remote.path() + i);
            connects.add(remoteClient()
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 100)
                    .connect(address));
        }
        settle();
        return connects;
    }

    private void awaitBlocked(int threads) {
        kernel.await(threads + " threads wait for the network", () -> kernel.blockedCalls() == threads);
    }

    /** Lets the clock follow real time: a timer repeats the cancellation of a call that starts late. */
    private void awaitFreed() {
        long start = System.nanoTime();
        long passed = 0;
        while (kernel.blockedCalls() > 0) {
            Thread.onSpinWait();
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            pass(millis - passed);
            passed = millis;
        }
    }

    @Test
    void aTimeoutFreesTheThread() {
        List<ChannelFuture> connects = connectToASilentHost(1);
        awaitBlocked(1);
        pass(100);
        assertThat(connects.get(0).cause()).isInstanceOf(ConnectTimeoutException.class);
        awaitFreed();
    }

    @Test
    void aCloseFreesTheThread() {
        List<ChannelFuture> connects = connectToASilentHost(1);
        awaitBlocked(1);
        connects.get(0).channel().close();
        settle();
        awaitFreed();
    }

    @Test
    void aCancellationThatFailsIsRepeated() {
        connectToASilentHost(1);
        awaitBlocked(1);
        kernel.faults().on("CancelSynchronousIo").times(3).fail(Win32Error.ERROR_NOT_FOUND);
        pass(100);
        pass(5);
        pass(10);
        assertThat(kernel.blockedCalls()).isEqualTo(1);
        pass(20);
        awaitFreed();
    }

    @Test
    void withoutAHandleOfTheThreadTheAttemptStillEnds() {
        kernel.faults().on("OpenCurrentThread").fail(Win32Error.ERROR_NOT_ENOUGH_MEMORY);
        List<ChannelFuture> connects = connectToASilentHost(1);
        awaitBlocked(1);
        pass(100);
        assertThat(connects.get(0).cause()).isInstanceOf(ConnectTimeoutException.class);
        assertThat(kernel.calls("CancelSynchronousIo")).isZero();
        kernel.removeSilentHost(HOST);
        awaitFreed();
    }

    @Test
    void aThousandAttemptsUseTheMaximumOfThreads() {
        // Without a handle of its thread no call can be cancelled.
        kernel.faults().on("OpenCurrentThread").times(RemoteCalls.MAX_OPENS).fail(Win32Error.ERROR_NOT_ENOUGH_MEMORY);
        List<ChannelFuture> connects = connectToASilentHost(1000);
        awaitBlocked(RemoteCalls.MAX_OPENS);
        // A thread of the pool that has ended may still be alive, so the calls are counted and not the threads.
        assertThat(openerThreads())
                .hasSizeGreaterThanOrEqualTo(RemoteCalls.MAX_OPENS)
                .allSatisfy(thread -> assertThat(thread.getContextClassLoader()).isNull());
        pass(100);
        assertThat(connects)
                .allSatisfy(connect -> assertThat(connect.cause()).isInstanceOf(ConnectTimeoutException.class));
        kernel.removeSilentHost(HOST);
        kernel.await("the calls return", () -> kernel.calls("CreateFile") >= RemoteCalls.MAX_OPENS);
        assertThat(kernel.calls("CreateFile")).as("queued attempts are skipped").isEqualTo(RemoteCalls.MAX_OPENS);
    }

    private static List<Thread> openerThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("namedpipe-remote-open"))
                .toList();
    }

    @Test
    void attemptsBeyondTheQueueAreRefused() {
        List<ChannelFuture> connects = connectToASilentHost(RemoteCalls.MAX_OPENS);
        awaitBlocked(RemoteCalls.MAX_OPENS);
        connects.addAll(connectToASilentHost(RemoteCalls.MAX_QUEUED + 1));
        ChannelFuture last = connects.remove(connects.size() - 1);
        assertThat(last.cause())
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("CreateFile(")
                .hasMessageContaining("at most 32 pipes of other computers are opened at a time, and 1024 more wait");
        assertThat(connects).noneMatch(ChannelFuture::isDone);
        pass(100);
        assertThat(connects).allMatch(ChannelFuture::isDone);
        awaitFreed();
    }
}
