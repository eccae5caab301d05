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

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.lang.StackWalker.StackFrame;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.testkit.SimulatedPeer;

/** Counts the transport's own frames between the event loop, the kernel and the pipeline. */
class CallPathTest extends OneThread {
    private static final int MAX_READ_FRAMES = 9;
    private static final int MAX_WRITE_FRAMES = 9;
    private static final int MAX_ACCEPT_FRAMES = 10;

    /** {@code WindowsKernel.writeFile} and {@code Kernel32Calls.WriteFile}, which the model replaces. */
    private static final int REAL_KERNEL_FRAMES = 2;

    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
    private static final @Nullable CodeSource TRANSPORT =
            NamedPipeChannel.class.getProtectionDomain().getCodeSource();

    private final Recorder recorder = new Recorder();
    private final List<List<String>> paths = new ArrayList<>();

    /** Records the path of each {@code channelRead}. */
    private final class Reader extends ChannelInboundHandlerAdapter {
        @Override
        public boolean isSharable() {
            return true;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            note();
            ctx.fireChannelRead(message);
        }
    }

    private void note() {
        paths.add(WALKER.walk(CallPathTest::ownFrames));
    }

    private static List<String> ownFrames(Stream<StackFrame> frames) {
        return frames.filter(frame -> TRANSPORT != null
                        && TRANSPORT.equals(
                                frame.getDeclaringClass().getProtectionDomain().getCodeSource()))
                .map(frame ->
                        frame.getDeclaringClass().getName().replaceFirst(".*\\.", "") + '.' + frame.getMethodName())
                .toList();
    }

    /** Returns the frames from the innermost one to that of {@code outermost}. */
    private static List<String> upTo(String outermost, List<String> frames) {
        assertThat(frames).contains(outermost);
        return frames.subList(0, frames.indexOf(outermost) + 1);
    }

    private List<String> onlyPath() {
        assertThat(paths).hasSize(1);
        return paths.get(0);
    }

    @Test
    void aPacketReachesThePipelineInFewFrames() {
        SimulatedPeer peer = listen();
        Channel client = connect(recorder);
        client.pipeline().addFirst(new Reader());
        peer.write("abc").succeeds();
        settle();
        List<String> path = upTo("IocpIoHandler.run", onlyPath());
        assertThat(path).as("frames").hasSizeLessThanOrEqualTo(MAX_READ_FRAMES);
    }

    @Test
    void aFlushReachesTheKernelInFewFrames() {
        listen();
        Channel client = connect(recorder);
        kernel.faults().before("WriteFile", this::note);
        client.writeAndFlush(Unpooled.directBuffer().writeByte('x'));
        settle();
        List<String> path = upTo("PipeEndChannel$End.flush0", onlyPath());
        assertThat(path).as("frames").hasSizeLessThanOrEqualTo(MAX_WRITE_FRAMES - REAL_KERNEL_FRAMES);
    }

    @Test
    void anAcceptReachesThePipelineInFewFrames() {
        ServerBootstrap server = server(recorder, new Recorder()).handler(new Reader());
        bound(server);
        open();
        settle();
        List<String> path = upTo("IocpIoHandler.run", onlyPath());
        assertThat(path).as("frames").hasSizeLessThanOrEqualTo(MAX_ACCEPT_FRAMES);
    }
}
