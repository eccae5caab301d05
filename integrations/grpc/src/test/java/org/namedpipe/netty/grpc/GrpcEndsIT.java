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

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.NamedPipePeer.Evidence;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.TestProcess;

/** The end of a server or a client of gRPC. */
class GrpcEndsIT extends AbstractGrpcTest {
    @Test
    void killedServerFailsItsCallsAndItsNameIsFree() throws Exception {
        ManagedChannel channel = connect();
        try (TestProcess server = TestProcess.start(OtherProcess.class, "server", name.path())) {
            assertThat(server.nextLine()).isEqualTo("listening");
            Received received = download(channel, 1_000_000);
            assertThat(Await.next(received.messages())).isEqualTo(Methods.chunk(0));

            kill(server);

            assertUnavailable(Await.join(received.status()));
            int number = 1;
            for (byte[] chunk : received.messages()) {
                assertThat(chunk).isEqualTo(Methods.chunk(number++));
            }
        }
        start();
        Await.until(() -> ask(channel, "again").equals("again"));
    }

    private static void kill(TestProcess process) {
        ProcessHandle handle = ProcessHandle.of(process.pid()).orElseThrow();
        handle.destroyForcibly();
        handle.onExit().join();
    }

    @Test
    void killedClientCancelsItsCallsOnly() throws Exception {
        start();
        ManagedChannel channel = connect();
        Received other = new Received();
        StreamObserver<byte[]> chat = chat(channel, other);
        try (TestProcess client = TestProcess.start(OtherProcess.class, "client", name.path())) {
            assertThat(client.nextLine()).isEqualTo(client.pid() + " " + Evidence.CLIENT_TOKEN);
            assertThat(client.nextLine()).isEqualTo("streaming");

            kill(client);

            Await.done(methods.cancelled());
        }
        chat.onNext(Methods.bytes("still here"));
        assertThat(Methods.text(Await.next(other.messages()))).isEqualTo("still here");
    }

    @Test
    void closedServerFailsItsCalls() throws Exception {
        Server server = start();
        Received received = new Received();
        StreamObserver<byte[]> chat = chat(connect(), received);
        chat.onNext(new byte[1]);
        Await.next(received.messages());

        server.shutdownNow();

        assertUnavailable(Await.join(received.status()));
    }

    @Test
    void closedClientCancelsItsCalls() throws Exception {
        start();
        ManagedChannel channel = connect();
        Received received = download(channel, 1_000_000);
        Await.next(received.messages());

        channel.shutdownNow();

        assertUnavailable(Await.join(received.status()));
        Await.done(methods.cancelled());
    }
}
