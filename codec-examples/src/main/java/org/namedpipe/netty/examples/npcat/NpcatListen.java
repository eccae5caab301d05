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
package org.namedpipe.netty.examples.npcat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.PrintWriter;
import java.net.SocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.namedpipe.netty.examples.ClientLimit;
import org.namedpipe.netty.examples.Endpoint;
import org.namedpipe.netty.examples.EventLoops;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code npcat listen}: all clients get the input, and all that comes from them goes to the output. */
@Command(name = "listen", description = "Listen for clients. The input is read once the first one is there.")
final class NpcatListen implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private Endpoint endpoint = new Endpoint();

    @Mixin
    private ClientLimit limit = new ClientLimit();

    @Mixin
    private Terminal terminal = new Terminal();

    @Override
    public Integer call() throws InterruptedException {
        SocketAddress address = endpoint.address(spec.commandLine());
        PrintWriter err = spec.commandLine().getErr();
        endpoint.endWithParent();

        ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        AtomicBoolean pumping = new AtomicBoolean();
        try (EventLoops loops = new EventLoops(endpoint.transport(), 1)) {
            Channel server = terminal.configure(new ServerBootstrap(), endpoint.transport(), spec.commandLine())
                    .group(loops.group())
                    .channel(endpoint.transport().serverChannel())
                    .handler(limit.handler())
                    .childHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline().addLast(terminal.new Printer());
                            channels.add(channel);
                            if (pumping.compareAndSet(false, true)) {
                                terminal.pump(channels);
                            }
                        }
                    })
                    .bind(address)
                    .sync()
                    .channel();
            endpoint.serve("npcat", server, err);
        }
        return 0;
    }
}
