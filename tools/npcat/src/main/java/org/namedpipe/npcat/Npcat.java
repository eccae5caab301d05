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
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.NamedPipe;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.NamedPipeChannelOption;
import org.namedpipe.netty.NamedPipeServerChannel;
import org.namedpipe.netty.iocp.IocpIoHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code npcat}: connects to a pipe, or listens on one. */
@Command(
        name = "npcat",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Npcat.Version.class,
        description = "Sends standard input to a named pipe, and prints the received data.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The connection has ended.",
            "1:The connection failed, or ended while input was being sent, or a message was lost.",
            "2:The command line is wrong.",
            "3:Standard input cannot be read or sent, or standard output cannot be written."
        })
public final class Npcat implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", converter = PipeName.class, description = "The name of the pipe, or its path.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private NamedPipeAddress address;

    @Option(
            names = {"-l", "--listen"},
            description = "Create the pipe, and wait for a client.")
    private boolean listen;

    @Option(
            names = {"-k", "--keep-open"},
            description =
                    "With -l: serve more clients, also at once, until npcat is ended. All connected clients get the"
                            + " input, which is read once the first one has connected.")
    private boolean keepOpen;

    @Mixin
    private Settings settings = new Settings();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Npcat()).setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println("npcat: " + Session.describe(failure));
            return Session.CONNECTION_FAILED;
        });
    }

    @Override
    public Integer call() throws Exception {
        check();
        Throwable unavailable = NamedPipe.unavailabilityCause();
        if (unavailable != null) {
            throw new IOException(Session.describe(unavailable), unavailable);
        }
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, IocpIoHandler.newFactory());
        try {
            // System.in asks for the available bytes, and System.out hides errors. Neither stream is ever closed.
            Session session = new Session(
                    settings,
                    keepOpen,
                    new FileInputStream(FileDescriptor.in),
                    new FileOutputStream(FileDescriptor.out));
            if (listen) {
                listen(group, session);
            } else {
                connect(group, session);
            }
            return session.exitCode();
        } finally {
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    private void check() {
        if (keepOpen && !listen) {
            throw new ParameterException(spec.commandLine(), "-k needs -l");
        }
        settings.check(spec.commandLine());
    }

    private void connect(EventLoopGroup group, Session session) throws InterruptedException {
        settings.configure(new Bootstrap())
                .group(group)
                .channel(NamedPipeChannel.class)
                .handler(new Connection(session, settings))
                .connect(address)
                .sync();
    }

    private void listen(EventLoopGroup group, Session session) throws InterruptedException {
        ServerBootstrap server = settings.configure(new ServerBootstrap())
                .group(group)
                .channel(NamedPipeServerChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Connection(session, settings));
                    }
                });
        if (!keepOpen) {
            server.option(NamedPipeChannelOption.MAX_INSTANCES, 1).handler(new OneClient());
        }
        Channel channel = server.bind(address).sync().channel();
        System.err.println("npcat: listening on " + channel.localAddress());
    }

    /** Closes the server when it has accepted a client, as netcat does. */
    private static final class OneClient extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object client) {
            ctx.close();
            ctx.fireChannelRead(client);
        }
    }

    /** Reads the version from the manifest of the jar. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Npcat.class.getPackage().getImplementationVersion();
            return new String[] {"npcat " + (version == null ? "of a build folder" : version)};
        }
    }
}
