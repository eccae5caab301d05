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
package org.namedpipe.netty.examples.ipc;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.NamedPipeChannelOption;
import org.namedpipe.netty.NamedPipeConnectPolicy;
import org.namedpipe.netty.iocp.IocpIoHandler;

/**
 * Sends three texts, one after the other. The arguments are the name of the pipe and how often to send them;
 * {@code -Dattempts=} sets the number of attempts to connect, of one second each.
 */
public final class IpcClient {

    private static final int ATTEMPTS = Integer.getInteger("attempts", 5);

    private IpcClient() {}

    public static void main(String[] args) throws Exception {
        String name = args.length > 0 ? args[0] : "netty-ipc";
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 1;

        IpcClientHandler handler = new IpcClientHandler(rounds, "hello", "", "gr\u00fc\u00dfe");
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, IocpIoHandler.newFactory());
        try {
            Bootstrap bootstrap = new Bootstrap()
                    .group(group)
                    .channel(NamedPipeChannel.class)
                    .option(NamedPipeChannelOption.CONNECT_POLICY, NamedPipeConnectPolicy.WAIT_FOR_SERVER)
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 1000)
                    .handler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline()
                                    .addLast(new LengthFieldBasedFrameDecoder(
                                            ByteOrder.LITTLE_ENDIAN, 4 + IpcTextCodec.MAX_BYTES, 0, 4, 0, 4, true))
                                    .addLast(new LengthFieldPrepender(ByteOrder.LITTLE_ENDIAN, 4, 0, false))
                                    .addLast(new IpcTextCodec())
                                    .addLast(new StateLog())
                                    .addLast(handler);
                        }
                    });
            connect(bootstrap, NamedPipeAddress.of(name)).closeFuture().sync();
        } finally {
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS);
        }
        handler.checkComplete();
    }

    /** Waits for a server that does not exist yet or is busy, for a limited time. */
    private static Channel connect(Bootstrap bootstrap, NamedPipeAddress address) throws InterruptedException {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            ChannelFuture connect = bootstrap.connect(address).await();
            if (connect.isSuccess()) {
                return connect.channel();
            }
            System.out.println("attempt " + attempt + " of " + ATTEMPTS + " failed: " + connect.cause());
        }
        return bootstrap.connect(address).sync().channel();
    }
}
