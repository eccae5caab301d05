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
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.microbench.harness.EchoPipeline;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Measures the cost of a message of 64 bytes in the transport, on a stub kernel and with one handler in the pipeline. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ChannelBenchmark {
    private static final int SIZE = 64;

    /** A pipe whose handler releases each message. */
    @State(Scope.Thread)
    public static class Sink {
        private final ByteBuf message = Unpooled.directBuffer(SIZE).writeZero(SIZE);
        private StubPipe pipe = new StubPipe(new Releasing());

        @Setup
        public void open() {
            pipe = new StubPipe(new Releasing());
        }

        @TearDown
        public void close() {
            pipe.close();
        }
    }

    /** A pipe whose handler echoes each message. */
    @State(Scope.Thread)
    public static class Echo {
        private StubPipe pipe = new StubPipe(new EchoPipeline.EchoHandler());

        @Setup
        public void open() {
            pipe = new StubPipe(new EchoPipeline.EchoHandler());
        }

        @TearDown
        public void close() {
            pipe.close();
        }
    }

    /** Measures from {@code write} and {@code flush} to {@code WriteFile} and the release of the message. */
    @Benchmark
    public void flushToSubmit(Sink sink) {
        sink.pipe.channel.write(sink.message.retain(), sink.pipe.channel.voidPromise());
        sink.pipe.channel.flush();
    }

    /** Measures from the packet of a read to {@code channelRead}, {@code channelReadComplete} and the next {@code ReadFile}. */
    @Benchmark
    public void packetToRead(Sink sink) {
        sink.pipe.turn(SIZE);
    }

    /** Measures from the packet of a read through {@code channelRead} to {@code WriteFile} and the next {@code ReadFile}. */
    @Benchmark
    public void cycle(Echo echo) {
        echo.pipe.turn(SIZE);
    }

    /** Measures an iteration of the loop without events; the other benchmarks include one. */
    @Benchmark
    public void emptyTurn(Sink sink) {
        sink.pipe.loop.runNow();
    }

    /** Measures a scheduled task that is due immediately. */
    @Benchmark
    public void timer(Sink sink) {
        sink.pipe.loop.schedule(ChannelBenchmark::nothing, 0, TimeUnit.NANOSECONDS);
        sink.pipe.loop.runNow();
    }

    private static void nothing() {}

    private static final class Releasing extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }
    }
}
