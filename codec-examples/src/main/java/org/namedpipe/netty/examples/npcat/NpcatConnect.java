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

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.SocketAddress;
import java.util.concurrent.Callable;
import org.namedpipe.netty.examples.Endpoint;
import org.namedpipe.netty.examples.EventLoops;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code npcat connect}: ends when either side hangs up. */
@Command(name = "connect", description = "Connect to a server.")
final class NpcatConnect implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private Endpoint endpoint = new Endpoint();

    @Mixin
    private Terminal terminal = new Terminal();

    @Override
    public Integer call() throws InterruptedException {
        SocketAddress address = endpoint.address(spec.commandLine());
        endpoint.endWithParent();

        try (EventLoops loops = new EventLoops(endpoint.transport(), 1)) {
            Channel channel = terminal.configure(new Bootstrap(), endpoint.transport(), spec.commandLine())
                    .group(loops.group())
                    .channel(endpoint.transport().channel())
                    .handler(terminal.new Printer())
                    .connect(address)
                    .sync()
                    .channel();
            ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
            channels.add(channel);
            terminal.pump(channels);
            channel.closeFuture().sync();
        }
        return 0;
    }
}
