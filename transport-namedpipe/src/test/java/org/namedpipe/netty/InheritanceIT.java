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
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.OtherEnd;
import org.namedpipe.netty.testing.TestLoops;
import org.namedpipe.netty.testing.TestProcess;

/** A child process, which Java starts with all inheritable handles, inherits none of the transport. */
class InheritanceIT {
    private static final int HANDLE_FLAG_INHERIT = 1;

    private final Kernel kernel = WindowsKernel.instance();
    private final NamedPipeAddress name = Names.fresh();

    /** Starts a child, and waits until it runs. */
    private static TestProcess child() throws Exception {
        TestProcess child = OtherEnd.start();
        assertThat(child.ask("nothing")).isEqualTo("done");
        return child;
    }

    private long open() {
        return kernel.createFile(name.path(), Win32Constants.GENERIC_READ, Win32Constants.FILE_FLAG_OVERLAPPED);
    }

    @Test
    void aChildKeepsNoNameAndNoConnectionOpen() throws Exception {
        try (TestLoops loops = new TestLoops(kernel)) {
            EventLoopGroup group = loops.group(1);
            BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
            Channel server = Await.channel(Boot.server(group, accepted).bind(name));
            Channel client = Await.channel(Boot.client(group).connect(name));
            try (TestProcess child = child()) {
                Await.get(server.close());
                Await.get(client.close());
                Await.get(Await.next(accepted).closeFuture());

                assertThat(open()).isEqualTo(-Win32Error.ERROR_FILE_NOT_FOUND);
                assertThat(child.isAlive()).isTrue();
            }
        }
    }

    @Test
    void aPeerSeesTheCloseWhileAChildRuns() throws Exception {
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
            Channel client = Await.channel(Boot.client(group).connect(name));
            try (TestProcess child = child()) {
                client.writeAndFlush(Unpooled.wrappedBuffer(new byte[1]));

                Await.get(client.closeFuture());
                assertThat(child.isAlive()).isTrue();
            }
        }
    }

    /** Shows that the other tests can fail: a handle that is inheritable stays open. */
    @Test
    void aChildKeepsAnInheritableHandleOpen() throws Exception {
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
