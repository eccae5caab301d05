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
package org.namedpipe.netty.testsuite;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.AutoScalingEventExecutorChooserFactory;
import io.netty.util.concurrent.EventExecutor;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Echo;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.TestLoops;

/**
 * Tests that a loop without channels can be suspended, which needs a correct count of registrations, and that it resumes
 * on another thread.
 */
class SuspensionIT {
    private final TestLoops loops = new TestLoops(WindowsKernel.instance());
    private final NamedPipeAddress address = Names.fresh();

    @BeforeEach
    void bind() {
        Boot.server(loops.group(1), () -> Echo.INSTANCE).bind(address).syncUninterruptibly();
    }

    @AfterEach
    void shutDown() {
        loops.close();
    }

    @Test
    void loopIsSuspendedAfterItsChannelsHaveClosedAndResumes() throws Exception {
        EventLoop loop = loops.group(1).next();
        for (int i = 0; i < 3; i++) {
            echoAndClose(loop);
            Await.until(() -> {
                loop.trySuspend();
                return loop.isSuspended();
            });
        }
        echoAndClose(loop);
    }

    @Test
    void groupScalesDownAfterItsChannelsHaveClosed() throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(
                2,
                (@Nullable Executor) null,
                new AutoScalingEventExecutorChooserFactory(1, 2, 100, TimeUnit.MILLISECONDS, 0.2, 0.9, 2, 2, 1),
                loops.factory());
        for (EventExecutor loop : group) {
            echoAndClose((EventLoop) loop);
        }
        Await.until(() -> suspended(group) == 1);
        for (EventExecutor loop : group) {
            echoAndClose((EventLoop) loop);
        }
        group.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
    }

    private static long suspended(EventLoopGroup group) {
        long count = 0;
        for (EventExecutor loop : group) {
            count += loop.isSuspended() ? 1 : 0;
        }
        return count;
    }

    private void echoAndClose(EventLoop loop) throws InterruptedException {
        EventLog log = new EventLog();
        Channel client = Boot.client(loop, () -> log).connect(address).sync().channel();
        client.writeAndFlush(Unpooled.copiedBuffer("echo", StandardCharsets.US_ASCII));
        assertThat(log.readText(4)).isEqualTo("echo");
        client.close().sync();
    }
}
