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
package org.namedpipe.netty.iocp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.TestLoops;
import org.namedpipe.netty.testkit.SimulatedKernel;

/** No wake-up is lost, at most one packet is outstanding, and no packet is posted after the close. */
class WakeupTest {
    private static final String POST = "PostQueuedCompletionStatus";

    private final SimulatedKernel kernel = new SimulatedKernel();
    private final long port = kernel.createIoCompletionPort();
    private final Wakeup wakeup = new Wakeup(kernel, port);

    @AfterEach
    void nothingIsLeft() {
        kernel.closeHandle(port);
        kernel.assertAllGone();
    }

    @Test
    void signalsPostOnePacketUntilItIsConsumed() {
        wakeup.signal();
        wakeup.signal();
        assertThat(kernel.queuedPackets()).isEqualTo(1);
        wakeup.consumed();
        wakeup.signal();
        wakeup.signal();
        assertThat(kernel.queuedPackets()).isEqualTo(2);
    }

    @Test
    void aPostThatFailsIsRepeated() {
        kernel.faults().on(POST).times(3).fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        wakeup.signal();
        assertThat(kernel.queuedPackets())
                .as("a blocked loop may get no other signal")
                .isEqualTo(1);
    }

    @Test
    void aPostThatKeepsFailingIsRepeatedByTheNextSignal() {
        kernel.faults().on(POST).times(RetriedPost.MAX_POSTS).fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        wakeup.signal();
        assertThat(kernel.queuedPackets()).isZero();
        wakeup.signal();
        assertThat(kernel.queuedPackets()).isEqualTo(1);
    }

    @Test
    void nothingIsPostedAfterTheClose() {
        wakeup.close();
        wakeup.signal();
        wakeup.consumed();
        wakeup.signal();
        assertThat(kernel.calls(POST)).isZero();
    }

    @Test
    void theCloseWaitsForAThreadThatIsAboutToPost() throws Exception {
        CountDownLatch posting = new CountDownLatch(1);
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        kernel.faults().before(POST, () -> {
            posting.countDown();
            Await.join(goOn);
        });
        Thread signaller = new Thread(wakeup::signal);
        signaller.start();
        Await.done(posting);
        CountDownLatch closed = new CountDownLatch(1);
        Thread closer = new Thread(() -> {
            wakeup.close();
            closed.countDown();
        });
        closer.start();
        // The close spins, so the test can only see that it has not returned.
        assertThat(closed.await(50, TimeUnit.MILLISECONDS)).isFalse();
        goOn.complete(null);
        Await.done(closed);
        signaller.join();
        closer.join();
        assertThat(kernel.queuedPackets()).isEqualTo(1);
        wakeup.signal();
        assertThat(kernel.calls(POST)).isEqualTo(1);
    }

    @RepeatedTest(50)
    void aLoopCanEndDuringWakeUps() throws Exception {
        try (TestLoops loops = new TestLoops(kernel)) {
            EventLoopGroup group = loops.group(1);
            // A loop does not end while its queue has tasks.
            Semaphore room = new Semaphore(2);
            Thread[] wakers = new Thread[2];
            for (int i = 0; i < wakers.length; i++) {
                wakers[i] = new Thread(() -> {
                    while (!group.isShutdown()) {
                        try {
                            if (room.tryAcquire()) {
                                group.next().execute(room::release);
                            }
                        } catch (RejectedExecutionException e) {
                            return;
                        }
                    }
                });
                wakers[i].start();
            }
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            for (Thread waker : wakers) {
                waker.join();
            }
        }
        assertThat(kernel.invalidHandleUses()).isEmpty();
    }

    @Test
    void aMillionTasksOfFourThreadsRunWithAtMostOnePacket() throws Exception {
        int threads = 4;
        int tasksEach = 250_000;
        try (TestLoops loops = new TestLoops(kernel)) {
            EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, loops.factory());
            AtomicInteger packets = new AtomicInteger();
            CountDownLatch ran = new CountDownLatch(threads * tasksEach);
            Runnable task = () -> {
                if (ran.getCount() % 1000 == 0) {
                    packets.accumulateAndGet(kernel.queuedPackets(), Math::max);
                }
                ran.countDown();
            };
            for (int i = 0; i < threads; i++) {
                new Thread(() -> {
                            for (int n = 0; n < tasksEach; n++) {
                                group.execute(task);
                            }
                        })
                        .start();
            }
            Await.done(ran);
            assertThat(packets.get()).isLessThanOrEqualTo(1);
            group.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
        }
    }
}
