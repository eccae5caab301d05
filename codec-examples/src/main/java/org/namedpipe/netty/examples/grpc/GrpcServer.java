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

import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.grpc.NamedPipeServerBuilder;

/**
 * Serves unary and streaming methods with grpc-java.
 *
 * <p>Argument: the name of the pipe.
 */
public final class GrpcServer {

    static final String PIPE = "netty-grpc";

    private static final int MAX_MESSAGE = 4096;

    private GrpcServer() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        NamedPipeAddress address = NamedPipeAddress.of(args.length > 0 ? args[0] : PIPE);

        Server server = NamedPipeServerBuilder.forAddress(address)
                .maxInboundMessageSize(MAX_MESSAGE)
                .addService(ServerServiceDefinition.builder(Methods.SERVICE)
                        .addMethod(Methods.GREET, ServerCalls.asyncUnaryCall(GrpcServer::greet))
                        .addMethod(Methods.COUNT, ServerCalls.asyncServerStreamingCall(GrpcServer::count))
                        .addMethod(Methods.WAIT, ServerCalls.asyncUnaryCall(GrpcServer::waitForCancellation))
                        .build())
                .build()
                .start();
        System.out.println("listening on " + server.getListenSockets().get(0));
        server.awaitTermination();
    }

    private static void greet(String name, StreamObserver<String> response) {
        response.onNext("Hello " + name);
        response.onCompleted();
    }

    /** Sends numbers, and pauses while the client does not read them: gRPC calls the handler when it can take more. */
    private static void count(String last, StreamObserver<String> response) {
        int count = last.matches("[1-9]\\d{0,8}") ? Integer.parseInt(last) : 0;
        if (count == 0) {
            response.onError(Status.INVALID_ARGUMENT
                    .withDescription("not a number from 1 to 999999999: " + last)
                    .asRuntimeException());
            return;
        }
        PrimitiveIterator.OfInt numbers = IntStream.rangeClosed(1, count).iterator();
        ServerCallStreamObserver<String> call = (ServerCallStreamObserver<String>) response;
        call.setOnCancelHandler(() -> System.out.println("count cancelled"));
        call.setOnReadyHandler(() -> {
            while (call.isReady() && numbers.hasNext()) {
                call.onNext(String.valueOf(numbers.nextInt()));
                if (!numbers.hasNext()) {
                    call.onCompleted();
                }
            }
        });
    }

    private static void waitForCancellation(String request, StreamObserver<String> response) {
        ((ServerCallStreamObserver<String>) response).setOnCancelHandler(() -> System.out.println("wait cancelled"));
    }
}
