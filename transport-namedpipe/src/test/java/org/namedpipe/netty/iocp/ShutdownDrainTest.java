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
import org.namedpipe.netty.internal.win32.Hold;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.NativeMemory;
import org.namedpipe.netty.internal.win32.OperationKind;
import org.namedpipe.netty.internal.win32.SimulatedKernel;
import org.namedpipe.netty.internal.win32.SimulatedPeer;
import org.namedpipe.netty.internal.win32.Win32Constants;

/** How long a loop that ends waits for its packets, in virtual time: a wait for packets is what takes time. */
class ShutdownDrainTest {
    private static final String PATH = "\\\\.\\pipe\\drain";
    private static final int READS = 200;

    private final SimulatedKernel kernel = SimulatedKernel.withManualCallbacks();
    private final NativeMemory memory = new NativeMemory(8 * READS);
    private final List<Integer> waits = new ArrayList<>();
    private long nowMillis;
    /** How long each packet takes to come. */
    private long millisPerPacket;

    private int packetsToCome = READS;

    /** A kernel on which a packet comes, if one is to come, {@link #millisPerPacket} after it is waited for. */
    private Kernel slow(Hold hold) {
        return (Kernel) Proxy.newProxyInstance(
                Kernel.class.getClassLoader(), new Class<?>[] {Kernel.class}, (proxy, called, given) -> {
                    if (called.getName().equals("getQueuedCompletionStatusEx")) {
                        int timeout = (int) given[3];
                        waits.add(timeout);
                        if (packetsToCome > 0 && timeout >= millisPerPacket) {
                            nowMillis += millisPerPacket;
                            packetsToCome--;
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

    /** Ends a loop with many reads under way. @return how many of them did not end */
    private int endWithReadsUnderWay() throws Exception {
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
    void aLoopThatEndsWaitsAsLongAsPacketsCome() throws Exception {
        millisPerPacket = 100;
        assertThat(endWithReadsUnderWay()).as("given up").isZero();
        assertThat(nowMillis).isEqualTo(READS * millisPerPacket);
        kernel.assertAllGone();
    }

    @Test
    void aLoopThatEndsDoesNotWaitLongForAPacketThatDoesNotCome() throws Exception {
        millisPerPacket = 100;
        packetsToCome = 10;
        assertThat(endWithReadsUnderWay()).isEqualTo(READS - 10);
        assertThat(nowMillis)
                .as("the packets, and two times the wait for one more")
                .isEqualTo(10 * millisPerPacket + 2 * ShutdownDrain.QUIET_MILLIS);
        assertThat(waits).as("a loop does not spin").hasSizeLessThan(30);
        kernel.assertNothingWrong();
    }

    @Test
    void aLoopThatEndsDoesNotWaitForEver() throws Exception {
        millisPerPacket = ShutdownDrain.QUIET_MILLIS;
        assertThat(endWithReadsUnderWay()).isEqualTo((int) (READS - ShutdownDrain.MAX_MILLIS / millisPerPacket));
        assertThat(nowMillis).isEqualTo(ShutdownDrain.MAX_MILLIS);
        kernel.assertNothingWrong();
    }
}
