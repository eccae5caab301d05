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
package org.namedpipe.netty.examples.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.util.concurrent.Promise;
import java.nio.file.Path;
import java.util.List;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.iocp.IocpIoHandler;

/**
 * Gets paths from an HTTP server, one after the other over one connection, and shows the progress of each.
 *
 * <p>Arguments: the name of the pipe, the directory for downloads from {@code /files/}, and the paths. Other responses are
 * discarded.
 */
public final class HttpClient {

    private HttpClient() {}

    public static void main(String[] args) throws InterruptedException {
        NamedPipeAddress address = NamedPipeAddress.of(args.length > 0 ? args[0] : HttpServer.PIPE);
        Path directory = Path.of(args.length > 1 ? args[1] : System.getProperty("java.io.tmpdir"));
        List<String> paths = args.length > 2 ? List.of(args).subList(2, args.length) : List.of("/");

        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, IocpIoHandler.newFactory());
        try {
            Promise<Void> done = group.next().newPromise();
            new Bootstrap()
                    .group(group)
                    .channel(NamedPipeChannel.class)
                    .handler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline()
                                    .addLast(new HttpClientCodec())
                                    .addLast(new HttpClientHandler(paths, directory, done));
                        }
                    })
                    .connect(address)
                    .sync();
            done.sync();
        } finally {
            group.shutdownGracefully();
        }
    }
}
