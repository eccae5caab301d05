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
package org.namedpipe.netty.examples.docker;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.NamedPipeChannelOption;
import org.namedpipe.netty.NamedPipeMode;
import org.namedpipe.netty.iocp.IocpIoHandler;

/**
 * Connects standard input, output and error with those of a container. The end of standard input ends the container's
 * input; its output continues.
 *
 * <p>Arguments: the name of the engine's pipe, and the name or id of the container.
 */
public final class DockerAttach {

    private static final int BLOCK = 8 * 1024;
    private static final int MAX_MESSAGE = 16 * 1024 * 1024;

    private DockerAttach() {}

    public static void main(String[] args) throws InterruptedException {
        NamedPipeAddress address = NamedPipeAddress.of(args.length > 0 ? args[0] : EngineRequest.PIPE);
        String container = args.length > 1 ? args[1] : "upper-case";

        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, IocpIoHandler.newFactory());
        try {
            Promise<Void> done = group.next().newPromise();
            Channel channel = new Bootstrap()
                    .group(group)
                    .channel(NamedPipeChannel.class)
                    // An empty message is the end of one direction. A message has the size of its sender's write.
                    .option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE)
                    .option(NamedPipeChannelOption.MAX_MESSAGE_SIZE, MAX_MESSAGE)
                    .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                    .handler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel connection) {
                            connection
                                    .pipeline()
                                    .addLast(new HttpClientCodec())
                                    .addLast(new UpgradeHandler(DockerAttach::startInput))
                                    .addLast(new StreamPrinter(done));
                        }
                    })
                    .connect(address)
                    .sync()
                    .channel();
            FullHttpRequest request =
                    EngineRequest.of(HttpMethod.POST, container, "/attach?stream=1&stdin=1&stdout=1&stderr=1");
            request.headers()
                    .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                    .set(HttpHeaderNames.UPGRADE, "tcp")
                    .set(HttpHeaderNames.CONTENT_LENGTH, HttpHeaderValues.ZERO);
            channel.writeAndFlush(request);
            done.sync();
            channel.close();
        } finally {
            group.shutdownGracefully();
        }
    }

    /** Starts a thread, because reading standard input blocks. The program does not wait for it. */
    private static void startInput(Channel channel) {
        Thread thread = new Thread(() -> sendInput(channel), "standard input");
        thread.setDaemon(true);
        thread.start();
    }

    private static void sendInput(Channel channel) {
        byte[] block = new byte[BLOCK];
        try {
            for (int count = System.in.read(block); count >= 0; count = System.in.read(block)) {
                // Waits until the block is written. An error closes the channel.
                channel.writeAndFlush(Unpooled.copiedBuffer(block, 0, count)).awaitUninterruptibly();
            }
            ((DuplexChannel) channel).shutdownOutput();
        } catch (IOException e) {
            channel.pipeline().fireExceptionCaught(e);
        }
    }
}
