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

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Echo;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.TestLoops;

/** A client that opens the pipe as a file, and reads and writes in turn. */
class BlockingClientIT {
    private final NamedPipeAddress name = Names.fresh();

    @Test
    void aClientMayOpenThePipeAsAFile() throws Exception {
        try (TestLoops loops = new TestLoops(WindowsKernel.instance())) {
            Await.get(Boot.server(loops.group(1), () -> Echo.INSTANCE).bind(name));
            for (int length : new int[] {1, 100, 65_536, 5}) {
                byte[] sent = new byte[length];
                new SplittableRandom(length).nextBytes(sent);
                byte[] got = new byte[length];
                try (RandomAccessFile client = new RandomAccessFile(name.path(), "rw")) {
                    client.write(sent);
                    client.readFully(got);
                }
                assertThat(Arrays.equals(got, sent)).as("%d bytes", length).isTrue();
            }
        }
    }

    @Test
    void aFileReachesItsEndWhenTheServerCloses() throws Exception {
        try (TestLoops loops = new TestLoops(WindowsKernel.instance())) {
            Await.get(Boot.server(loops.group(1), Goodbye::new).bind(name));
            try (RandomAccessFile client = new RandomAccessFile(name.path(), "rw")) {
                client.write('?');
                byte[] got = new byte[7];
                client.readFully(got);
                assertThat(new String(got, StandardCharsets.US_ASCII)).isEqualTo("goodbye");
                assertThat(client.read()).isEqualTo(-1);
            }
        }
    }

    private static final class Goodbye extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf question) {
            ctx.writeAndFlush(Unpooled.copiedBuffer("goodbye", StandardCharsets.US_ASCII))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }
}
