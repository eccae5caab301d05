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
package org.namedpipe.netty.testsuite.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.StringDecoder;
import io.netty.handler.codec.string.StringEncoder;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.TestLoops;

/** The base of the tests of the programs in {@code docs/peers.md}. */
abstract class HelloPeer {
    private static final int LINE = 100;

    private final NamedPipeAddress name = Names.fresh();
    private final TestLoops loops = new TestLoops(WindowsKernel.instance());

    /** Starts the program, which sends one line and prints the answer. */
    abstract ForeignProcess start(NamedPipeAddress name) throws IOException, InterruptedException;

    /** Returns the line that the program sends. */
    abstract String line();

    @AfterEach
    void close() {
        loops.close();
    }

    /** Answers each line. */
    private static final class Lines extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            channel.pipeline()
                    .addLast(new LineBasedFrameDecoder(LINE), new StringDecoder(), new StringEncoder())
                    .addLast(new SimpleChannelInboundHandler<String>() {
                        @Override
                        protected void channelRead0(ChannelHandlerContext ctx, String line) {
                            ctx.writeAndFlush("received: " + line + "\n");
                        }
                    });
        }
    }

    @Test
    void programOfThePageIsAnswered() throws Exception {
        Await.get(Boot.server(loops.group(1)).childHandler(new Lines()).bind(name));
        try (ForeignProcess program = start(name)) {
            assertThat(program.line()).isEqualTo("received: " + line());
        }
    }
}
