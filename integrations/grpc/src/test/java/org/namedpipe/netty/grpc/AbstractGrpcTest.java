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
package org.namedpipe.netty.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Names;

/** Servers and channels of gRPC over one pipe, which are closed after each test. */
abstract class AbstractGrpcTest {
    static final int CHUNKS = 400; // 100 MiB
    static final long SECONDS = 600;

    final NamedPipeAddress name = Names.fresh();
    final Methods methods = new Methods();
    final List<Server> servers = new ArrayList<>();
    final List<ManagedChannel> channels = new ArrayList<>();

    @AfterEach
    void close() throws InterruptedException {
        for (ManagedChannel channel : channels) {
            assertThat(channel.shutdownNow().awaitTermination(SECONDS, TimeUnit.SECONDS))
                    .isTrue();
        }
        for (Server server : servers) {
            assertThat(server.shutdownNow().awaitTermination(SECONDS, TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    /** Waits for the loops of all tests, because each wait takes a second. */
    @AfterAll
    static void allThreadsEnd() {
        Await.until(() -> loopThreads() == 0);
    }

    static long loopThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("grpc-named-pipe"))
                .count();
    }

    Server start(NamedPipeServerBuilder builder) throws IOException {
        Server server = builder.addService(methods.service()).build();
        servers.add(server);
        return server.start();
    }

    Server start() throws IOException {
        return start(NamedPipeServerBuilder.forAddress(name));
    }

    ManagedChannel connect(NamedPipeChannelBuilder builder) {
        ManagedChannel channel = builder.build();
        channels.add(channel);
        return channel;
    }

    ManagedChannel connect() {
        return connect(NamedPipeChannelBuilder.forAddress(name));
    }

    static String ask(Channel channel, String request) {
        return Methods.text(
                ClientCalls.blockingUnaryCall(channel, Methods.ECHO, CallOptions.DEFAULT, Methods.bytes(request)));
    }

    static String who(Channel channel) {
        return Methods.text(ClientCalls.blockingUnaryCall(channel, Methods.WHO, CallOptions.DEFAULT, new byte[0]));
    }

    static Received download(Channel channel, int chunks) {
        Received received = new Received();
        ClientCalls.asyncServerStreamingCall(
                channel.newCall(Methods.DOWN, CallOptions.DEFAULT), Methods.bytes(Integer.toString(chunks)), received);
        return received;
    }

    static StreamObserver<byte[]> chat(Channel channel, Received received) {
        return ClientCalls.asyncBidiStreamingCall(channel.newCall(Methods.CHAT, CallOptions.DEFAULT), received);
    }

    static long ownProcess() {
        return ProcessHandle.current().pid();
    }

    static void assertUnavailable(Status status) {
        assertThat(status.getCode()).as("%s", status).isEqualTo(Status.Code.UNAVAILABLE);
    }
}
