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

import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinNT;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.JnaKernel;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.OtherEnd;
import org.namedpipe.netty.testing.TestLoops;
import org.namedpipe.netty.testing.TestProcess;

/** That a child process, which Java starts with all inheritable handles, gets none of ours. */
class InheritanceIT {
    private static final int HANDLE_FLAG_INHERIT = 1;

    private final Kernel kernel = JnaKernel.instance();
    private final NamedPipeAddress name = Names.fresh();

    /** Starts a child, which runs when this returns. */
    private static TestProcess child() throws Exception {
        TestProcess child = OtherEnd.start();
        child.tell("nothing");
        assertThat(child.nextLine()).isEqualTo("done");
        return child;
    }

    private long open() {
        return kernel.createFile(name.path(), Win32Constants.GENERIC_READ, Win32Constants.FILE_FLAG_OVERLAPPED);
    }

    @Test
    void aChildKeepsNeitherANameNorAConnectionOpen() throws Exception {
        try (TestLoops loops = new TestLoops(kernel)) {
            EventLoopGroup group = loops.group(1);
            BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
            ChannelFuture server = Boot.server(group, () -> new ChannelInboundHandlerAdapter() {
                        @Override
                        public void channelActive(ChannelHandlerContext ctx) {
                            accepted.add(ctx.channel());
                        }
                    })
                    .bind(name);
            Await.get(server);
            ChannelFuture connect =
                    Boot.client(group, ChannelInboundHandlerAdapter::new).connect(name);
            Await.get(connect);
            Channel client = connect.channel();
            try (TestProcess child = child()) {
                Await.get(server.channel().close());
                Await.get(client.close());
                Await.get(Await.next(accepted).closeFuture());

                assertThat(open()).isEqualTo(-Win32Error.ERROR_FILE_NOT_FOUND);
                assertThat(child.isAlive()).isTrue();
            }
        }
    }

    @Test
    void aPeerSeesTheEndThoughAChildLives() throws Exception {
        try (TestLoops loops = new TestLoops(kernel)) {
            EventLoopGroup group = loops.group(1);
            Await.get(Boot.server(group, () -> new ChannelInboundHandlerAdapter() {
                        @Override
                        public void channelRead(ChannelHandlerContext ctx, Object message) {
                            ReferenceCountUtil.release(message);
                            ctx.close();
                        }
                    })
                    .bind(name));
            ChannelFuture connect =
                    Boot.client(group, ChannelInboundHandlerAdapter::new).connect(name);
            Await.get(connect);
            try (TestProcess child = child()) {
                connect.channel().writeAndFlush(Unpooled.wrappedBuffer(new byte[1]));

                Await.get(connect.channel().closeFuture());
                assertThat(child.isAlive()).isTrue();
            }
        }
    }

    /** The same with a handle that is inheritable, to know that the others could fail. */
    @Test
    void aChildWouldKeepAnInheritableHandleOpen() throws Exception {
        long server = kernel.createNamedPipe(
                name.path(), Win32Constants.PIPE_ACCESS_DUPLEX | Win32Constants.FILE_FLAG_OVERLAPPED, 0, 1, 0, 0, 0, 0);
        assertThat(Kernel32.INSTANCE.SetHandleInformation(
                        new WinNT.HANDLE(new Pointer(server)), HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT))
                .isTrue();
        try (TestProcess child = child()) {
            kernel.closeHandle(server);

            long client = open();
            assertThat(client).isPositive();
            kernel.closeHandle(client);
            assertThat(child.isAlive()).isTrue();
        }
        assertThat(open()).isEqualTo(-Win32Error.ERROR_FILE_NOT_FOUND);
    }
}
