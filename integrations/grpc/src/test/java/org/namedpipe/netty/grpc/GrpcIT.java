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
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettySslContextChannelCredentials;
import io.grpc.netty.NettySslContextServerCredentials;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.NamedPipeAccess;
import org.namedpipe.netty.NamedPipeChannelOption;
import org.namedpipe.netty.NamedPipePeer;
import org.namedpipe.netty.NamedPipePeer.Evidence;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.TestLoops;

/** Servers and channels of gRPC over real pipes. */
class GrpcIT extends AbstractGrpcTest {
    @Test
    void callIsAnsweredAndBothEndsKnowTheirPeer() throws Exception {
        Server server = start();
        assertThat(server.getListenSockets().get(0)).isEqualTo(name);
        ManagedChannel channel =
                connect(NamedPipeChannelBuilder.forAddress(name).usePlaintext());

        assertThat(ask(channel, "hello")).isEqualTo("hello");
        assertThat(who(channel)).isEqualTo(ownProcess() + " " + Evidence.CLIENT_TOKEN);

        ClientCall<byte[], byte[]> call = channel.newCall(Methods.ECHO, CallOptions.DEFAULT);
        ClientCalls.futureUnaryCall(call, new byte[1]).get(SECONDS, TimeUnit.SECONDS);
        NamedPipePeer peer = call.getAttributes().get(NamedPipeGrpc.TRANSPORT_ATTR_PEER);
        assertThat(peer).isNotNull();
        assertThat(peer.processId()).isEqualTo(ownProcess());
    }

    @Test
    void twoHundredCallsAtOnceAreAnswered() throws Exception {
        start();
        ManagedChannel channel = connect();
        List<Future<byte[]>> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            answers.add(ClientCalls.futureUnaryCall(
                    channel.newCall(Methods.ECHO, CallOptions.DEFAULT), Methods.bytes("call " + i)));
        }
        for (int i = 0; i < 200; i++) {
            assertThat(Methods.text(answers.get(i).get(SECONDS, TimeUnit.SECONDS)))
                    .isEqualTo("call " + i);
        }
    }

    @Test
    void streamOfOneHundredMegabytesArrivesInBothDirections() throws Exception {
        start();
        ManagedChannel channel = connect();
        CRC32 expected = new CRC32();
        for (int i = 0; i < CHUNKS; i++) {
            expected.update(Methods.chunk(i));
        }

        CRC32 down = new CRC32();
        Iterator<byte[]> chunks = ClientCalls.blockingServerStreamingCall(
                channel, Methods.DOWN, CallOptions.DEFAULT, Methods.bytes(Integer.toString(CHUNKS)));
        chunks.forEachRemaining(down::update);
        assertThat(down.getValue()).isEqualTo(expected.getValue());

        assertThat(Await.join(upload(channel))).isEqualTo(Long.toString(expected.getValue()));
    }

    private static CompletableFuture<String> upload(Channel channel) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        ClientCalls.asyncClientStreamingCall(
                channel.newCall(Methods.UP, CallOptions.DEFAULT), new ClientResponseObserver<byte[], byte[]>() {
                    private int next;

                    @Override
                    public void beforeStart(ClientCallStreamObserver<byte[]> call) {
                        call.setOnReadyHandler(() -> {
                            while (call.isReady() && next < CHUNKS) {
                                call.onNext(Methods.chunk(next++));
                                if (next == CHUNKS) {
                                    call.onCompleted();
                                }
                            }
                        });
                    }

                    @Override
                    public void onNext(byte[] sum) {
                        answer.complete(Methods.text(sum));
                    }

                    @Override
                    public void onError(Throwable cause) {
                        answer.completeExceptionally(cause);
                    }

                    @Override
                    public void onCompleted() {}
                });
        return answer;
    }

    @Test
    void loopsStayForTheCallsOfAServerThatShutsDown() throws Exception {
        Server server = start();
        TestLoops loops = new TestLoops(WindowsKernel.instance());
        ManagedChannel channel =
                connect(NamedPipeChannelBuilder.forAddress(name).eventLoopGroup(loops.group(1)));
        Received received = new Received();
        StreamObserver<byte[]> chat = chat(channel, received);
        chat.onNext(new byte[1]);
        Await.next(received.messages());

        server.shutdown();

        // Unused loops end after one second.
        assertThat(server.awaitTermination(2, TimeUnit.SECONDS)).isFalse();
        chat.onNext(new byte[2]);
        assertThat(Await.next(received.messages())).hasSize(2);
        chat.onCompleted();
        assertThat(Await.join(received.status()).isOk()).isTrue();
        assertThat(server.awaitTermination(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(channel.shutdown().awaitTermination(SECONDS, TimeUnit.SECONDS))
                .isTrue();
        loops.close();
    }

    @Test
    void eventLoopsOfTheUserAreUsedAndStay() throws Exception {
        TestLoops loops = new TestLoops(WindowsKernel.instance());
        EventLoopGroup group = loops.group(2);
        Server server = start(NamedPipeServerBuilder.forAddress(name).eventLoopGroup(group));
        ManagedChannel channel =
                connect(NamedPipeChannelBuilder.forAddress(name).eventLoopGroup(group));
        assertThat(ask(channel, "hello")).isEqualTo("hello");
        assertThat(loops.registrations()).isEqualTo(3);

        assertThat(channel.shutdown().awaitTermination(SECONDS, TimeUnit.SECONDS))
                .isTrue();
        assertThat(server.shutdown().awaitTermination(SECONDS, TimeUnit.SECONDS))
                .isTrue();

        assertThat(group.isShuttingDown()).isFalse();
        loops.close();
    }

    @Test
    void tlsKeepsTheIdentity() throws Exception {
        X509Bundle certificate = new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        SslContext serverTls = GrpcSslContexts.configure(SslContextBuilder.forServer(
                        certificate.getKeyPair().getPrivate(), certificate.getCertificatePath()))
                .build();
        SslContext clientTls = GrpcSslContexts.forClient()
                .trustManager(certificate.getCertificate())
                .build();
        start(NamedPipeServerBuilder.forAddress(name, NettySslContextServerCredentials.create(serverTls)));
        NamedPipeChannelBuilder builder =
                NamedPipeChannelBuilder.forAddress(name, NettySslContextChannelCredentials.create(clientTls));

        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(builder::usePlaintext);
        assertThat(who(connect(builder))).isEqualTo(ownProcess() + " " + Evidence.CLIENT_TOKEN);
        assertThatExceptionOfType(StatusRuntimeException.class)
                .isThrownBy(() -> ask(connect(), "in plain text"))
                .matches(failure -> failure.getStatus().getCode() == Status.Code.UNAVAILABLE);
    }

    @Test
    void nameInUseIsABindException() throws Exception {
        // Of another direction, because Wine ignores FILE_FLAG_FIRST_PIPE_INSTANCE.
        Server first = start(NamedPipeServerBuilder.forAddress(name)
                .withOption(NamedPipeChannelOption.PIPE_ACCESS, NamedPipeAccess.INBOUND));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> start())
                .withMessageContaining(name.path())
                .withCauseInstanceOf(BindException.class);
        first.shutdownNow();
    }

    @Test
    void missingPipeIsUnavailable() {
        assertThatExceptionOfType(StatusRuntimeException.class)
                .isThrownBy(() -> ask(connect(), "nothing"))
                .matches(failure -> failure.getStatus().getCode() == Status.Code.UNAVAILABLE)
                .havingCause()
                .withMessageContaining(name.path());
    }
}
