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
package org.namedpipe.netty.microbench.jmh;

import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.NativeMemory;
import org.namedpipe.netty.internal.win32.OverlappedEntry;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Measures the cost of Windows calls through JNA, or through {@code java.lang.foreign} if the JVM has
 * {@code -Dorg.namedpipe.netty.binding=ffm}. Needs Windows, or Wine.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JnaBenchmark {
    /** A completion port. */
    @State(Scope.Thread)
    public static class Port {
        private final Kernel kernel = WindowsKernel.instance();
        private final long handle = kernel.createIoCompletionPort();
        private final NativeMemory entries = new NativeMemory(OverlappedEntry.SIZE);

        @TearDown
        public void close() {
            kernel.closeHandle(handle);
        }
    }

    /** Measures {@code RtlNtStatusToDosError}, which only reads a table. */
    @Benchmark
    public int trivialCall(Port port) {
        return port.kernel.ntStatusToWin32(0);
    }

    /** Measures {@code GetQueuedCompletionStatusEx} on an empty port, with a time-out of 0. */
    @Benchmark
    public int emptyPoll(Port port) {
        return port.kernel.getQueuedCompletionStatusEx(port.handle, port.entries.address(), 1, 0);
    }

    /** Measures {@code PostQueuedCompletionStatus}, and {@code GetQueuedCompletionStatusEx} that dequeues the packet. */
    @Benchmark
    public int postAndPoll(Port port) {
        return port.kernel.postQueuedCompletionStatus(port.handle, 0, 0, 0)
                + port.kernel.getQueuedCompletionStatusEx(port.handle, port.entries.address(), 1, 0);
    }
}
