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

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;

/** Collects the answers of one call. */
final class Answers implements StreamObserver<String> {

    private final List<String> answers = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Status> end = new CompletableFuture<>();

    @Override
    public void onNext(String answer) {
        answers.add(answer);
    }

    @Override
    public void onError(Throwable cause) {
        end.complete(Status.fromThrowable(cause));
    }

    @Override
    public void onCompleted() {
        end.complete(Status.OK);
    }

    /** The same as what a {@link ClientCall} is started with; it asks for nothing by itself. */
    ClientCall.Listener<String> listener() {
        return new ClientCall.Listener<>() {
            @Override
            public void onMessage(String answer) {
                onNext(answer);
            }

            @Override
            public void onClose(Status status, Metadata trailers) {
                end.complete(status);
            }
        };
    }

    /** Waits for the end, and returns all answers. */
    List<String> all() throws InterruptedException, ExecutionException {
        Status status = end.get();
        if (!status.isOk()) {
            throw status.asRuntimeException();
        }
        return answers;
    }

    /** Waits for the end, and says what it was. */
    Status end() throws InterruptedException, ExecutionException {
        return end.get();
    }
}
