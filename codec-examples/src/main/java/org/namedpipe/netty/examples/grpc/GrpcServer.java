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
package org.namedpipe.netty.examples.grpc;

import io.grpc.Attributes;
import io.grpc.Server;
import io.grpc.ServerTransportFilter;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.SocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.namedpipe.netty.examples.ClientLimit;
import org.namedpipe.netty.examples.Endpoint;
import org.namedpipe.netty.examples.EventLoops;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code grpc server}: serves until Ctrl+C or until it has served enough clients. */
@Command(name = "server", description = "Greet, count, join and shout.")
final class GrpcServer implements Callable<Integer> {

    /** Would print a stack trace for each stream that is cancelled while it has something to send, over any transport. */
    private static final Logger STREAMS = Logger.getLogger("io.grpc.netty.NettyServerHandler");

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private Endpoint endpoint = new Endpoint();

    @Mixin
    private ClientLimit limit = new ClientLimit();

    @Option(
            names = "--max-message",
            paramLabel = "BYTES",
            description = "Largest message to take; a call with a larger one fails (default: ${DEFAULT-VALUE}).")
    private int maxMessage = 1024 * 1024;

    @Override
    public Integer call() throws IOException, InterruptedException {
        SocketAddress address = endpoint.address(spec.commandLine());
        PrintWriter out = spec.commandLine().getOut();
        endpoint.endWithParent();

        STREAMS.setLevel(Level.SEVERE);
        CountDownLatch enough = new CountDownLatch(1);
        Runnable gone = limit.whenGone(enough::countDown);
        try (EventLoops loops = new EventLoops(endpoint.transport(), 0)) {
            Server server = NettyServerBuilder.forAddress(address)
                    .channelType(endpoint.transport().serverChannel())
                    .bossEventLoopGroup(loops.group())
                    .workerEventLoopGroup(loops.group())
                    .withChildOption(ChannelOption.SO_KEEPALIVE, null) // gRPC would set it; only sockets have it
                    .maxInboundMessageSize(maxMessage)
                    .addService(new TextService(out).definition())
                    .addTransportFilter(new ServerTransportFilter() {
                        @Override
                        public void transportTerminated(Attributes attributes) {
                            gone.run();
                        }
                    })
                    .build()
                    .start();
            endpoint.announce("grpc", server.getListenSockets().get(0), out);
            try {
                enough.await();
            } finally {
                server.shutdownNow().awaitTermination();
            }
        }
        out.println("grpc server stopped");
        return 0;
    }
}
