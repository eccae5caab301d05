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

import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;

/** What the server does. Each method is called on a thread of gRPC's. */
final class TextService {

    private final PrintWriter out;
    private final CompletableFuture<Integer> paused = new CompletableFuture<>();

    TextService(PrintWriter out) {
        this.out = out;
    }

    ServerServiceDefinition definition() {
        return ServerServiceDefinition.builder(Methods.SERVICE)
                .addMethod(Methods.GREET, ServerCalls.asyncUnaryCall(TextService::greet))
                .addMethod(Methods.COUNT, ServerCalls.asyncServerStreamingCall(this::count))
                .addMethod(Methods.JOIN, ServerCalls.asyncClientStreamingCall(TextService::join))
                .addMethod(Methods.SHOUT, ServerCalls.asyncBidiStreamingCall(TextService::shout))
                .addMethod(Methods.WAIT, ServerCalls.asyncUnaryCall(this::never))
                .addMethod(Methods.AWAIT_PAUSE, ServerCalls.asyncUnaryCall(this::awaitPause))
                .build();
    }

    private static void greet(String name, StreamObserver<String> answer) {
        answer.onNext("Hello " + name);
        answer.onCompleted();
    }

    private void count(String last, StreamObserver<String> answer) {
        try {
            new Count(Integer.parseInt(last), (ServerCallStreamObserver<String>) answer).start();
        } catch (NumberFormatException e) {
            answer.onError(Status.INVALID_ARGUMENT
                    .withDescription("not a number: '" + last + "'")
                    .asRuntimeException());
        }
    }

    private static StreamObserver<String> join(StreamObserver<String> answer) {
        StringJoiner all = new StringJoiner(" ");
        return new Requests(all::add, answer, () -> answer.onNext(all.toString()));
    }

    private static StreamObserver<String> shout(StreamObserver<String> answer) {
        return new Requests(text -> answer.onNext(text.toUpperCase(Locale.ROOT)), answer, () -> {});
    }

    private void never(String text, StreamObserver<String> answer) {
        ((ServerCallStreamObserver<String>) answer).setOnCancelHandler(() -> out.println("nobody waits any more"));
    }

    private void awaitPause(String text, StreamObserver<String> answer) {
        paused.thenAccept(number -> {
            answer.onNext(String.valueOf(number));
            answer.onCompleted();
        });
    }

    /** One call of {@link Methods#COUNT}: sends while gRPC will take more, and goes on when it will again. */
    private final class Count {

        private final int last;
        private final ServerCallStreamObserver<String> answer;
        private int number;

        Count(int last, ServerCallStreamObserver<String> answer) {
            this.last = last;
            this.answer = answer;
        }

        void start() {
            answer.setOnCancelHandler(() -> out.println("count cancelled"));
            answer.setOnReadyHandler(this::send);
        }

        private void send() {
            while (number < last && answer.isReady()) {
                answer.onNext(String.valueOf(++number));
            }
            if (number < last) {
                paused.complete(number);
            } else if (number++ == last) {
                answer.onCompleted();
            }
        }
    }
}
