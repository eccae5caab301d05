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
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.microbench.harness.EchoPipeline;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Measures the cost of a large framed message on a server's loop, on a stub kernel that copies the bytes of a read. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LargeFrameBenchmark {
    private static final int SMALLEST_READ = 64;
    private static final int FIRST_READ = 2048;

    /** A pipe with the pipeline of the harness. */
    @State(Scope.Thread)
    public static class Echo {
        /** The size of a message, in bytes. */
        @Param({"65536", "1048576"})
        public int size;

        /** The largest buffer of a read, in bytes. */
        @Param({"65536", "2097152"})
        public int largestRead;

        private ByteBuf frame = Unpooled.EMPTY_BUFFER;
        private StubPipe pipe = new StubPipe();

        @Setup
        public void open() {
            frame = Unpooled.directBuffer(Integer.BYTES + size).writeInt(size).writeZero(size);
            pipe = new StubPipe(EchoPipeline.server());
            pipe.channel
                    .config()
                    .setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator(SMALLEST_READ, FIRST_READ, largestRead));
        }

        @TearDown
        public void close() {
            pipe.close();
            frame.release();
        }
    }

    /** Measures the reads and writes of one frame. */
    @Benchmark
    public void echo(Echo echo) {
        int length = echo.frame.readableBytes();
        for (int read = 0; read < length; ) {
            echo.pipe.kernel.incoming(echo.frame.memoryAddress() + read);
            read += echo.pipe.turn(length - read);
        }
    }
}
