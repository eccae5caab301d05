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

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.microbench.harness.EchoPipeline;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Measures the cost of a framed message of 64 bytes on a server's loop, with Netty's codec, on a stub kernel. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FramedBenchmark {
    private static final int SIZE = 64;
    private static final int FRAME = SIZE + Integer.BYTES;
    private static final int MANY = 100;

    /** A pipe with the pipeline of the harness. */
    @State(Scope.Thread)
    public static class Echo {
        private final ByteBuf frames = Unpooled.directBuffer(MANY * FRAME);
        private StubPipe pipe = open();

        @Setup
        public void reopen() {
            for (int i = 0; i < MANY; i++) {
                frames.writeInt(SIZE).writeZero(SIZE);
            }
            pipe = open();
            pipe.kernel.incoming(frames.memoryAddress());
        }

        private static StubPipe open() {
            return new StubPipe(EchoPipeline.server());
        }

        /** One message comes, and is sent back. */
        void turn() {
            pipe.turn(FRAME);
        }

        @TearDown
        public void close() {
            pipe.close();
            frames.release();
        }
    }

    /** Measures one message per read. */
    @Benchmark
    public void one(Echo echo) {
        echo.turn();
    }

    /** Measures a hundred messages per read and per write. */
    @Benchmark
    @OperationsPerInvocation(MANY)
    public void hundred(Echo echo) {
        echo.pipe.turn(MANY * FRAME);
    }
}
