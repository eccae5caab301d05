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

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.zip.CRC32;

/** A service whose messages are bytes. */
final class Methods {
    static final int CHUNK = 256 * 1024;

    private static final String NAME = "test.Bytes";

    /** Returns the request. */
    static final MethodDescriptor<byte[], byte[]> ECHO = method("Echo", MethodType.UNARY);

    /** Returns the process of the client and the evidence for it. */
    static final MethodDescriptor<byte[], byte[]> WHO = method("Who", MethodType.UNARY);

    /** Returns the chunks from 0 to the requested number. */
    static final MethodDescriptor<byte[], byte[]> DOWN = method("Down", MethodType.SERVER_STREAMING);

    /** Returns the checksum of all chunks. */
    static final MethodDescriptor<byte[], byte[]> UP = method("Up", MethodType.CLIENT_STREAMING);

    /** Returns each message. */
    static final MethodDescriptor<byte[], byte[]> CHAT = method("Chat", MethodType.BIDI_STREAMING);

    private final CountDownLatch cancelled = new CountDownLatch(1);

    private static MethodDescriptor<byte[], byte[]> method(String name, MethodType type) {
        return MethodDescriptor.<byte[], byte[]>newBuilder()
                .setFullMethodName(MethodDescriptor.generateFullMethodName(NAME, name))
                .setType(type)
                .setRequestMarshaller(new Bytes())
                .setResponseMarshaller(new Bytes())
                .build();
    }

    /** Counted down when a client has cancelled a stream, or has gone. */
    CountDownLatch cancelled() {
        return cancelled;
    }

    ServerServiceDefinition service() {
        return ServerServiceDefinition.builder(NAME)
                .addMethod(ECHO, ServerCalls.asyncUnaryCall((request, response) -> answer(response, request)))
                .addMethod(WHO, ServerCalls.asyncUnaryCall((request, response) -> answer(response, bytes(client()))))
                .addMethod(DOWN, ServerCalls.asyncServerStreamingCall(this::down))
                .addMethod(UP, ServerCalls.asyncClientStreamingCall(Methods::up))
                .addMethod(CHAT, ServerCalls.asyncBidiStreamingCall(Echo::new))
                .build();
    }

    private static String client() {
        var peer = NamedPipeGrpc.PEER.get();
        return peer.processId() + " " + peer.evidence();
    }

    private static void answer(StreamObserver<byte[]> response, byte[] message) {
        response.onNext(message);
        response.onCompleted();
    }

    private void down(byte[] request, StreamObserver<byte[]> response) {
        int count = Integer.parseInt(text(request));
        ServerCallStreamObserver<byte[]> call = (ServerCallStreamObserver<byte[]>) response;
        int[] next = new int[1];
        call.setOnCancelHandler(cancelled::countDown);
        call.setOnReadyHandler(() -> {
            while (call.isReady() && next[0] < count) {
                call.onNext(chunk(next[0]++));
                if (next[0] == count) {
                    call.onCompleted();
                }
            }
        });
    }

    private static StreamObserver<byte[]> up(StreamObserver<byte[]> response) {
        CRC32 sum = new CRC32();
        return new Echo(response) {
            @Override
            public void onNext(byte[] chunk) {
                sum.update(chunk);
            }

            @Override
            public void onCompleted() {
                answer(response, bytes(Long.toString(sum.getValue())));
            }
        };
    }

    /** Returns the chunk with a number: the chunks of two numbers differ. */
    static byte[] chunk(int number) {
        byte[] chunk = new byte[CHUNK];
        for (int i = 0; i < CHUNK; i++) {
            chunk[i] = (byte) (number * 31 + (i >> 6));
        }
        chunk[0] = (byte) (number >> 8);
        chunk[1] = (byte) number;
        return chunk;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static class Echo implements StreamObserver<byte[]> {
        private final StreamObserver<byte[]> response;

        Echo(StreamObserver<byte[]> response) {
            this.response = response;
        }

        @Override
        public void onNext(byte[] message) {
            response.onNext(message);
        }

        @Override
        public void onError(Throwable cause) {}

        @Override
        public void onCompleted() {
            response.onCompleted();
        }
    }

    private static final class Bytes implements Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream message) {
            try {
                return message.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
