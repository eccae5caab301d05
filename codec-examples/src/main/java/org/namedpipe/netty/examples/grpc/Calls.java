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

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** The calls of the client. Each throws if it does not end as it should. */
final class Calls {

    private static final List<String> WORDS = List.of("pipes", "carry", "gr\u00fc\u00dfe");
    private static final int PATIENCE_SECONDS = 60;

    private final Channel channel;
    private final PrintWriter out;

    Calls(Channel channel, PrintWriter out) {
        this.channel = channel;
        this.out = out;
    }

    void all() throws InterruptedException, ExecutionException {
        greet("pipe");
        count(3, out);
        out.println("client streaming: " + stream(ClientCalls::asyncClientStreamingCall, Methods.JOIN));
        out.println("both streaming: " + stream(ClientCalls::asyncBidiStreamingCall, Methods.SHOUT));
        deadline();
        flowControlAndCancellation();
    }

    void greet(String name) {
        out.println("unary: " + unary(Methods.GREET, name, options()));
    }

    /** Reads a stream of numbers, one by one. */
    void count(int last, PrintWriter progress) {
        long nextReport = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        int expected = 0;
        Iterator<String> numbers = ClientCalls.blockingServerStreamingCall(
                channel, Methods.COUNT, CallOptions.DEFAULT, String.valueOf(last));
        while (numbers.hasNext()) {
            check(numbers.next(), String.valueOf(++expected));
            if (System.nanoTime() - nextReport > 0) {
                progress.printf(Locale.ROOT, "count: %,d of %,d numbers%n", expected, last);
                nextReport += TimeUnit.SECONDS.toNanos(1);
            }
        }
        check(String.valueOf(expected), String.valueOf(last));
        out.printf(Locale.ROOT, "server streaming: %,d numbers%n", expected);
    }

    private interface StreamingCall {
        StreamObserver<String> start(ClientCall<String, String> call, StreamObserver<String> answers);
    }

    private List<String> stream(StreamingCall kind, MethodDescriptor<String, String> method)
            throws InterruptedException, ExecutionException {
        Answers answers = new Answers();
        StreamObserver<String> requests = kind.start(channel.newCall(method, options()), answers);
        WORDS.forEach(requests::onNext);
        requests.onCompleted();
        return answers.all();
    }

    private void deadline() {
        try {
            unary(Methods.WAIT, "", CallOptions.DEFAULT.withDeadlineAfter(300, TimeUnit.MILLISECONDS));
            throw new IllegalStateException("an answer where none was to come");
        } catch (StatusRuntimeException e) {
            check(e.getStatus().getCode().name(), Status.Code.DEADLINE_EXCEEDED.name());
            out.println("deadline: " + e.getStatus().getCode());
        }
    }

    /** Takes ten numbers of many, sees that the server stops sending, and then hangs up. */
    private void flowControlAndCancellation() throws InterruptedException, ExecutionException {
        Answers answers = new Answers();
        ClientCall<String, String> call = channel.newCall(Methods.COUNT, CallOptions.DEFAULT);
        call.start(answers.listener(), new Metadata());
        call.sendMessage(String.valueOf(Integer.MAX_VALUE));
        call.halfClose();
        call.request(10);
        String sent = unary(Methods.AWAIT_PAUSE, "", options());
        out.println("flow control: asked for 10 numbers, the server paused after " + sent);

        call.cancel("that is enough", null);
        Status.Code code = answers.end().getCode();
        check(code.name(), Status.Code.CANCELLED.name());
        out.println("cancellation: " + code);
    }

    private String unary(MethodDescriptor<String, String> method, String request, CallOptions options) {
        return ClientCalls.blockingUnaryCall(channel, method, options, request);
    }

    private static CallOptions options() {
        return CallOptions.DEFAULT.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static void check(String actual, String expected) {
        if (!actual.equals(expected)) {
            throw new IllegalStateException("got " + actual + " instead of " + expected);
        }
    }
}
