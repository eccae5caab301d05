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
package org.namedpipe.npcat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.NamedPipeServerChannel;
import org.namedpipe.netty.iocp.IocpIoHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The command {@code npcat}: connects to a pipe, or listens on one. */
@Command(
        name = "npcat",
        sortOptions = false,
        description = "Sends standard input to a named pipe, and prints the received data.")
public final class Npcat implements Callable<Integer> {

    @Parameters(
            paramLabel = "NAME",
            converter = AddressConverter.class,
            description = "The name of the pipe, or its path.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private NamedPipeAddress address;

    @Option(
            names = {"-l", "--listen"},
            description =
                    "Create the pipe, and listen for clients. Each gets the input, which is read once the first client"
                            + " has connected.")
    private boolean listen;

    @Option(names = "--once", description = "With --listen: exit after the first client.")
    private boolean once;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @Mixin
    private Terminal terminal = new Terminal();

    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    public static void main(String[] args) {
        System.exit(new CommandLine(new Npcat())
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println("npcat: " + failure);
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, IocpIoHandler.newFactory());
        try {
            Channel channel = listen ? listen(group) : connect(group);
            channel.closeFuture().sync();
            return CommandLine.ExitCode.OK;
        } finally {
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    private Channel connect(EventLoopGroup group) throws InterruptedException {
        Channel channel = terminal.configure(new Bootstrap())
                .group(group)
                .channel(NamedPipeChannel.class)
                .handler(terminal.new Printer())
                .connect(address)
                .sync()
                .channel();
        channels.add(channel);
        terminal.pump(channels);
        return channel;
    }

    private Channel listen(EventLoopGroup group) throws InterruptedException {
        AtomicBoolean pumping = new AtomicBoolean();
        Channel server = terminal.configure(new ServerBootstrap())
                .group(group)
                .channel(NamedPipeServerChannel.class)
                .handler(new EndAfterFirstClient())
                .childHandler(new ChannelInitializer<Channel>() {
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
        System.err.println("npcat: listening on " + server.localAddress());
        return server;
    }

    /** Closes the server when its first client has disconnected, with {@code --once}. */
    private final class EndAfterFirstClient extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object client) {
            if (once) {
                ((Channel) client).closeFuture().addListener(closed -> ctx.close());
            }
            ctx.fireChannelRead(client);
        }
    }

    private static final class AddressConverter implements ITypeConverter<NamedPipeAddress> {

        @Override
        public NamedPipeAddress convert(String text) {
            try {
                return NamedPipeAddress.of(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
