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
package org.namedpipe.netty.explorer;

import io.netty.channel.socket.ChannelOutputShutdownException;
import io.netty.util.concurrent.Future;
import java.nio.channels.NotYetConnectedException;
import org.jspecify.annotations.Nullable;

/** A message that an application has written, and the state of its promise. */
final class SentMessage {
    final Payload payload;
    final Future<?> promise;
    /** The number of times that the promise has notified its listener. */
    int completions;

    boolean flushed;
    /** The number of bytes that were not taken back. */
    private int length;

    /** True if the closed channel has not accepted the message. */
    boolean refused;

    SentMessage(Payload payload, Future<?> promise) {
        this.payload = payload;
        this.promise = promise;
        length = payload.length();
    }

    /** Returns the number of bytes to arrive at most. */
    int length() {
        return length;
    }

    /** Records that the last {@code bytes} were taken back, before they were read. */
    void takenBack(int bytes) {
        length -= bytes;
    }

    /** Returns whether no part of it was or will be written. */
    boolean isUnwritten() {
        return refused || promise.isCancelled() || (promise.isDone() && isRefusal(promise.cause()));
    }

    private static boolean isRefusal(@Nullable Throwable cause) {
        return cause instanceof NotYetConnectedException
                || cause instanceof ChannelOutputShutdownException
                || cause instanceof UnsupportedOperationException;
    }

    @Override
    public String toString() {
        return payload + (flushed ? ", flushed" : ", not flushed") + ", completed " + completions + " times: "
                + (promise.isSuccess() ? "success" : promise.isDone() ? promise.cause() : "not done");
    }
}
