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

import com.sun.jna.platform.win32.Psapi;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.TestLoops;
import org.namedpipe.netty.testkit.PipeQuery;

/** Large messages to clients that do not read. Windows copies the bytes of a pending write into nonpaged memory. */
class SlowReadersIT {
    private static final int CLIENTS = 8;
    private static final int MIB = 1024 * 1024;
    private static final int MESSAGE = 64 * MIB;

    private final Kernel kernel = WindowsKernel.instance();
    private final NamedPipeAddress name = Names.fresh();
    private final BlockingQueue<ChannelFuture> writes = new LinkedBlockingQueue<>();

    /** Writes the message when a client connects. */
    private final class Send extends ChannelInboundHandlerAdapter {
        private final ByteBuf message;

        Send(ByteBuf message) {
            this.message = message;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            writes.add(ctx.writeAndFlush(message.retainedDuplicate()));
        }
    }

    private long client() {
        long client = kernel.createFile(
                name.path(),
                Win32Constants.GENERIC_READ | Win32Constants.GENERIC_WRITE,
                Win32Constants.FILE_FLAG_OVERLAPPED);
        assertThat(client).as("handle or negated error").isPositive();
        return client;
    }

    /** Returns the nonpaged pool of the whole system, in MiB. */
    private static double nonpagedPool() {
        Psapi.PERFORMANCE_INFORMATION information = new Psapi.PERFORMANCE_INFORMATION();
        assertThat(Psapi.INSTANCE.GetPerformanceInfo(information, information.size()))
                .isTrue();
        return information.KernelNonpaged.doubleValue() * information.PageSize.doubleValue() / MIB;
    }

    @Test
    void aPipeThatIsNotReadHoldsOneSliceOfALargeMessage(TestReporter reporter) throws Exception {
        ByteBuf message = Unpooled.directBuffer(MESSAGE).writeZero(MESSAGE);
        List<Long> clients = new ArrayList<>();
        try (TestLoops loops = new TestLoops(kernel)) {
            Await.get(Boot.server(loops.group(1), () -> new Send(message))
                    .option(ChannelOption.SO_BACKLOG, CLIENTS)
                    .bind(name));
            double before = nonpagedPool();
            List<ChannelFuture> pending = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(client());
                pending.add(Await.next(writes));
            }
            reporter.publishEntry(
                    "nonpaged pool of the system with " + CLIENTS + " pending writes of 64 MiB",
                    String.format(Locale.ROOT, "%.1f MiB, %+.1f MiB", before, nonpagedPool() - before));

            assertThat(clients)
                    .allSatisfy(client ->
                            assertThat(PipeQuery.available(kernel, client)).isBetween(1, WriteBatch.MAX_BYTES));
            assertThat(pending).noneMatch(ChannelFuture::isDone);
            clients.forEach(kernel::closeHandle);
            assertThat(pending)
                    .allSatisfy(write ->
                            assertThat(write.awaitUninterruptibly().isSuccess()).isFalse());
        }
        assertThat(message.refCnt()).isOne();
        message.release();
    }
}
