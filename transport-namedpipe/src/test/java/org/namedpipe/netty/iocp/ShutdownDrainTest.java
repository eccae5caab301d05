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

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.NativeMemory;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.testkit.Hold;
import org.namedpipe.netty.testkit.OperationKind;
import org.namedpipe.netty.testkit.SimulatedKernel;
import org.namedpipe.netty.testkit.SimulatedPeer;

/** The time for which a loop that shuts down waits for packets. Time passes only in a wait. */
class ShutdownDrainTest {
    private static final String PATH = "\\\\.\\pipe\\drain";
    private static final int READS = 200;
    private static final int QUIET_MILLIS = 200;
    private static final int MAX_MILLIS = 30_000;

    private final SimulatedKernel kernel = SimulatedKernel.withManualCallbacks();
    private final NativeMemory memory = new NativeMemory(8 * READS);
    private final List<Integer> waits = new ArrayList<>();
    private long nowMillis;
    /** The time until a packet is posted. */
    private long millisPerPacket;

    private int packetsLeft = READS;

    /** Returns a kernel that posts a packet {@link #millisPerPacket} after the wait for it has begun. */
    private Kernel slow(Hold hold) {
        return (Kernel) Proxy.newProxyInstance(
                Kernel.class.getClassLoader(), new Class<?>[] {Kernel.class}, (proxy, called, given) -> {
                    if (called.getName().equals("getQueuedCompletionStatusEx")) {
                        int timeout = (int) given[3];
                        waits.add(timeout);
                        if (packetsLeft > 0 && timeout >= millisPerPacket) {
                            nowMillis += millisPerPacket;
                            packetsLeft--;
                            hold.releaseFirst();
                        } else {
                            nowMillis += timeout;
                        }
                        given[3] = 0;
                    }
                    try {
                        return called.invoke(kernel, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Shuts down a loop with pending reads. @return the number of reads that stay pending */
    private int shutDownWithPendingReads() throws Exception {
        try (Hold hold = kernel.scheduler().hold(OperationKind.READ);
                SimulatedPeer peer = SimulatedPeer.listen(kernel, PATH)) {
            DrivenHandler ending =
                    new DrivenHandler(slow(hold), kernel, () -> TimeUnit.MILLISECONDS.toNanos(nowMillis));
            long pipe = kernel.createFile(
                    PATH,
                    Win32Constants.GENERIC_READ | Win32Constants.GENERIC_WRITE,
                    Win32Constants.FILE_FLAG_OVERLAPPED);
            ending.handler.associate(pipe, PATH, false);
            FakeHandle handle = new FakeHandle() {
                @Override
                public void close() {
                    kernel.closeHandle(pipe);
                }
            };
            var registration = ending.handler.register(handle);
            for (int i = 0; i < READS; i++) {
                registration.submit(IocpIoOps.newRead(FakeHandle.IGNORE).prepare(pipe, memory.address() + 8L * i, 8));
            }
            for (int i = 0; i < 3; i++) {
                ending.handler.prepareToDestroy();
            }
            ending.handler.destroy();
            assertThat(peer.handle()).isPositive();
            return ending.handler.pendingOperations();
        }
    }

    @Test
    void theLoopWaitsWhilePacketsArrive() throws Exception {
        millisPerPacket = 100;
        assertThat(shutDownWithPendingReads()).as("pending").isZero();
        assertThat(nowMillis).isEqualTo(READS * millisPerPacket);
        kernel.assertAllGone();
    }

    @Test
    void theLoopWaitsTheQuietTimeForAMissingPacket() throws Exception {
        millisPerPacket = 100;
        packetsLeft = 10;
        assertThat(shutDownWithPendingReads()).isEqualTo(READS - 10);
        assertThat(nowMillis)
                .as("the packets, and two waits for another one")
                .isEqualTo(10 * millisPerPacket + 2 * QUIET_MILLIS);
        assertThat(waits).as("a loop does not spin").hasSizeLessThan(30);
        kernel.assertNothingWrong();
    }

    @Test
    void theLoopWaitsTheMaximumForSlowPackets() throws Exception {
        millisPerPacket = QUIET_MILLIS;
        assertThat(shutDownWithPendingReads()).isEqualTo((int) (READS - MAX_MILLIS / millisPerPacket));
        assertThat(nowMillis).isEqualTo(MAX_MILLIS);
        kernel.assertNothingWrong();
    }
}
