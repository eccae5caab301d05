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
package org.namedpipe.netty.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ManualIoEventLoop;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.NamedPipeChannelOption;
import org.namedpipe.netty.NamedPipeMode;
import org.namedpipe.netty.NamedPipeServerChannel;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.SimulatedKernel;
import org.namedpipe.netty.internal.win32.WaitListener;
import org.namedpipe.netty.iocp.HandlerFactories;

/** A kernel and one event loop that the thread which opens this drives; closing it checks that nothing is left. */
final class ShortScene implements AutoCloseable {
    static final NamedPipeAddress ADDRESS = NamedPipeAddress.of("scene");

    final SimulatedKernel kernel = SimulatedKernel.withManualCallbacks();
    /** The callbacks of waits, oldest first. */
    final List<Runnable> waits = new ArrayList<>();
    /** What all channels have read. */
    final StringBuilder received = new StringBuilder();

    final ManualIoEventLoop loop = new ManualIoEventLoop(Thread.currentThread(), HandlerFactories.on(recordingWaits()));

    private Kernel recordingWaits() {
        return (Kernel) Proxy.newProxyInstance(
                Kernel.class.getClassLoader(), new Class<?>[] {Kernel.class}, (proxy, method, given) -> {
                    if (method.getName().equals("registerWait")) {
                        waits.add(((WaitListener) given[1])::signalled);
                    }
                    try {
                        return method.invoke(kernel, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    Channel connect(boolean autoRead) {
        ChannelFuture connected = new Bootstrap()
                .group(loop)
                .channelFactory(NamedPipeChannel::new)
                .option(ChannelOption.AUTO_READ, autoRead)
                .handler(receiver())
                .connect(ADDRESS);
        return done(connected).channel();
    }

    /** A client in message mode, not yet connected. */
    Channel messageClient() {
        ChannelFuture registered = new Bootstrap()
                .group(loop)
                .channelFactory(NamedPipeChannel::new)
                .option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE)
                .handler(receiver())
                .register();
        return done(registered).channel();
    }

    ChannelFuture bind(int backlog) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop)
                .channelFactory(NamedPipeServerChannel::new)
                .option(ChannelOption.SO_BACKLOG, backlog)
                .childHandler(receiver());
        return done(bootstrap.bind(ADDRESS));
    }

    private ChannelHandler receiver() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public boolean isSharable() {
                return true;
            }

            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                ByteBuf bytes = (ByteBuf) message;
                received.append(bytes.toString(StandardCharsets.ISO_8859_1));
                bytes.release();
            }
        };
    }

    private ChannelFuture done(ChannelFuture future) {
        settle();
        assertThat(future.isDone()).isTrue();
        return future;
    }

    /** Lets everything happen that needs no time. */
    void settle() {
        do {
            kernel.runCallbacks();
        } while (loop.runNow() > 0);
    }

    void onAnotherThread(Runnable action) throws InterruptedException {
        Thread thread = new Thread(action);
        thread.start();
        thread.join();
    }

    @Override
    public void close() {
        settle();
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        for (int i = 0; i < 10 && !loop.isTerminated(); i++) {
            kernel.runCallbacks();
            loop.runNow();
        }
        assertThat(loop.isTerminated()).isTrue();
        kernel.assertAllGone();
    }
}
