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

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import java.net.SocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.examples.Endpoint;
import org.namedpipe.netty.examples.EventLoops;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code grpc client}: exits with 0 if every call ended as it should. */
@Command(name = "client", description = "Make one call of each kind, or read one long stream.")
final class GrpcClient implements Callable<Integer> {

    private static final int SECONDS_TO_END = 10;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private Endpoint endpoint = new Endpoint();

    @Option(names = "--count", paramLabel = "N", description = "Only read a stream of N numbers.")
    private @Nullable Integer count;

    @Option(names = "--greet", paramLabel = "NAME", description = "Only ask for a greeting.")
    private @Nullable String name;

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        CommandLine command = spec.commandLine();
        SocketAddress address = endpoint.address(command);
        endpoint.endWithParent();

        try (EventLoops loops = new EventLoops(endpoint.transport(), 1)) {
            ManagedChannel channel = NettyChannelBuilder.forAddress(address)
                    .channelType(endpoint.transport().channel(), address.getClass())
                    .eventLoopGroup(loops.group())
                    .withOption(ChannelOption.SO_KEEPALIVE, null) // gRPC would set it; only sockets have it
                    .overrideAuthority("localhost")
                    .usePlaintext()
                    .build();
            try {
                Calls calls = new Calls(channel, command.getOut());
                if (count != null) {
                    calls.count(count, command.getErr());
                } else if (name != null) {
                    calls.greet(name);
                } else {
                    calls.all();
                }
            } finally {
                channel.shutdown().awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS);
            }
        }
        return 0;
    }
}
