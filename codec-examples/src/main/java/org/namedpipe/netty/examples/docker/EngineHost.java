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
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.util.concurrent.Promise;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.function.Function;
import org.namedpipe.netty.examples.EventLoops;
import org.namedpipe.netty.examples.Parent;
import org.namedpipe.netty.examples.Transport;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The option that says where the engine is, and how to ask it something. */
final class EngineHost {

    private static final String TCP = "tcp://";

    @Spec(Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = {"-H", "--host"},
            paramLabel = "HOST",
            defaultValue = "npipe:////./pipe/docker_engine",
            description = "Where the engine is: a pipe, or tcp://HOST:PORT (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String host;

    @Mixin
    private Parent parent = new Parent();

    /** How the option spells what a server has announced as its name. */
    static String of(Transport transport, String name) {
        return transport == Transport.TCP ? TCP + name : name;
    }

    CommandLine command() {
        return spec.commandLine();
    }

    /**
     * Sends a request on a connection of its own, and returns when it has been dealt with.
     *
     * @param answering makes what handles the answer, and tells the promise when it has it all
     */
    void ask(FullHttpRequest request, Function<Promise<Void>, List<ChannelHandler>> answering)
            throws InterruptedException {
        Transport transport = host.startsWith(TCP) ? Transport.TCP : Transport.PIPE;
        SocketAddress address = address(transport);
        parent.endWithParent();

        try (EventLoops loops = new EventLoops(transport, 1)) {
            Promise<Void> done = loops.group().next().newPromise();
            Channel channel = transport
                    .halfClosable(new Bootstrap())
                    .group(loops.group())
                    .channel(transport.channel())
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel connection) {
                            connection.pipeline().addLast(new HttpClientCodec()).addLast(new ErrorAnswers());
                            connection
                                    .pipeline()
                                    .addLast(answering.apply(done).toArray(ChannelHandler[]::new))
                                    .addLast(new HangUp(done));
                        }
                    })
                    .connect(address)
                    .sync()
                    .channel();
            channel.writeAndFlush(request).addListener(written -> {
                // Of a channel that was closed meanwhile, HangUp knows more.
                if (!written.isSuccess() && !(written.cause() instanceof ClosedChannelException)) {
                    done.tryFailure(written.cause());
                }
            });
            done.sync();
            channel.close().sync();
        }
    }

    private SocketAddress address(Transport transport) {
        try {
            return transport.address(transport == Transport.TCP ? host.substring(TCP.length()) : host);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command(), "--host: " + e.getMessage(), e);
        }
    }
}
