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
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.examples.Endpoint;
import org.namedpipe.netty.examples.EventLoops;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code http client}: exits with 0 if all responses came whole and with status 200. */
@Command(
        name = "client",
        description = "Get paths over one connection: one after the other, or with HTTP/2 all at once.")
final class HttpClient implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private Endpoint endpoint = new Endpoint();

    @Option(names = "--http2", description = "Speak HTTP/2, as the server is known to.")
    private boolean http2;

    @Option(names = "--output", paramLabel = "DIR", description = "Where to write what comes (default: nowhere).")
    private @Nullable Path output;

    @Parameters(paramLabel = "PATH", description = "What to get (default: /).")
    private List<String> paths = List.of("/");

    @Override
    public Integer call() throws InterruptedException {
        CommandLine command = spec.commandLine();
        SocketAddress address = endpoint.address(command);
        endpoint.endWithParent();

        try (EventLoops loops = new EventLoops(endpoint.transport(), 1)) {
            List<Promise<Void>> responses = http2 ? getAllAtOnce(loops, address) : getInTurn(loops, address);
            for (Promise<Void> response : responses) {
                response.sync();
            }
        }
        return 0;
    }

    private List<Promise<Void>> getInTurn(EventLoops loops, SocketAddress address) throws InterruptedException {
        Promise<Void> done = loops.group().next().newPromise();
        connect(loops, address, new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new HttpClientCodec()).addLast(handler(channel, paths, done));
            }
        });
        return List.of(done);
    }

    private List<Promise<Void>> getAllAtOnce(EventLoops loops, SocketAddress address) throws InterruptedException {
        Channel connection = connect(loops, address, new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline()
                        .addLast(Http2FrameCodecBuilder.forClient().build())
                        .addLast(new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()))
                        .addLast(new ErrorLog(spec.commandLine().getErr()));
            }
        });
        List<Promise<Void>> responses = new ArrayList<>();
        for (String path : paths) {
            Promise<Void> done = loops.group().next().newPromise();
            responses.add(done);
            new Http2StreamChannelBootstrap(connection)
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel stream) {
                            stream.pipeline()
                                    .addLast(new Http2StreamFrameToHttpObjectCodec(false))
                                    .addLast(handler(stream, List.of(path), done));
                        }
                    })
                    .open()
                    .sync();
        }
        return responses;
    }

    private Channel connect(EventLoops loops, SocketAddress address, ChannelHandler handler)
            throws InterruptedException {
        return new Bootstrap()
                .group(loops.group())
                .channel(endpoint.transport().channel())
                .handler(handler)
                .connect(address)
                .sync()
                .channel();
    }

    private ResponseHandler handler(Channel channel, List<String> requested, Promise<Void> done) {
        CommandLine command = spec.commandLine();
        ResponseHandler handler = new ResponseHandler(requested, output, command.getOut(), done);
        Future<?> progress = channel.eventLoop()
                .scheduleAtFixedRate(() -> handler.printProgress(command.getErr()), 1, 1, TimeUnit.SECONDS);
        done.addListener(ended -> progress.cancel(false));
        return handler;
    }
}
