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

import io.netty.channel.IoHandlerContext;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.internal.win32.Kernels;
import org.namedpipe.netty.iocp.IocpIoHandler;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Measures a wake-up of an event loop, on both threads. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WakeupBenchmark {
    /** A handler for which the benchmark's thread is not the thread of the event loop. */
    @State(Scope.Thread)
    public static class Loop {
        private final IocpIoHandler handler =
                Kernels.on(new StubKernel(), IocpIoHandler::newFactory).newHandler(new OtherThreadExecutor());
        private final IoHandlerContext context = new NonBlockingContext();
    }

    /** Measures a wake-up, and the iteration of the loop that dequeues its packet. */
    @Benchmark
    public int wakeup(Loop loop) {
        loop.handler.wakeup();
        return loop.handler.run(loop.context);
    }

    private static final class OtherThreadExecutor implements ThreadAwareExecutor {
        @Override
        public boolean isExecutorThread(Thread thread) {
            return false;
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }
    }

    private static final class NonBlockingContext implements IoHandlerContext {
        @Override
        public boolean canBlock() {
            return false;
        }

        @Override
        public long delayNanos(long currentTimeNanos) {
            return 0;
        }

        @Override
        public long deadlineNanos() {
            return -1;
        }
    }
}
