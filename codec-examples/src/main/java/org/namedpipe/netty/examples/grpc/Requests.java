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

import io.grpc.stub.StreamObserver;
import java.util.function.Consumer;

/** Takes a stream of requests, and ends the answer with it. */
final class Requests implements StreamObserver<String> {

    private final Consumer<String> request;
    private final StreamObserver<String> answer;
    private final Runnable beforeEnd;

    Requests(Consumer<String> request, StreamObserver<String> answer, Runnable beforeEnd) {
        this.request = request;
        this.answer = answer;
        this.beforeEnd = beforeEnd;
    }

    @Override
    public void onNext(String text) {
        request.accept(text);
    }

    @Override
    public void onError(Throwable cause) {
        // The caller is gone, and so is whom to tell.
    }

    @Override
    public void onCompleted() {
        beforeEnd.run();
        answer.onCompleted();
    }
}
