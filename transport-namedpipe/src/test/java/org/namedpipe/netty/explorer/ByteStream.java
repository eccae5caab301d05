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

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One direction of a connection: what was sent, in order, and how much of it has arrived. */
final class ByteStream {
    private final List<Sent> sent = new ArrayList<>();
    private int current;
    private int offset;
    private long received;

    void add(Sent message) {
        sent.add(message);
    }

    List<Sent> sent() {
        return sent;
    }

    void flushed() {
        for (Sent message : sent) {
            message.flushed = true;
        }
    }

    /** Checks that these are the next bytes. @return what is wrong, or {@code null} */
    @Nullable
    String receive(ByteBuf buffer) {
        for (int i = buffer.readerIndex(); i < buffer.writerIndex(); i++) {
            Sent message = message();
            if (message == null) {
                return "byte " + received + " was received, but never sent";
            }
            byte expected = message.payload.at(offset);
            if (buffer.getByte(i) != expected) {
                return "byte " + received + " is " + buffer.getByte(i) + " instead of " + expected + ", byte " + offset
                        + " of message " + message;
            }
            offset++;
            received++;
        }
        return null;
    }

    private @Nullable Sent message() {
        while (current < sent.size()) {
            Sent message = sent.get(current);
            if (offset < message.payload.length() && (offset > 0 || !message.isVoid())) {
                return message;
            }
            current++;
            offset = 0;
        }
        return null;
    }

    long received() {
        return received;
    }

    /** How many bytes were promised to arrive. */
    long promised() {
        long bytes = 0;
        for (Sent message : sent) {
            if (message.promise.isSuccess()) {
                bytes += message.payload.length();
            }
        }
        return bytes;
    }

    /** The first message that was flushed and whose promise is not done, or {@code null}. */
    @Nullable
    Sent unfinished() {
        for (Sent message : sent) {
            if (message.flushed && !message.promise.isDone()) {
                return message;
            }
        }
        return null;
    }

    /** What is wrong with the order in which a message succeeded, or {@code null}. */
    @Nullable
    String successOrder(Sent succeeded) {
        for (Sent message : sent) {
            if (message == succeeded) {
                return null;
            }
            if (!message.promise.isSuccess() && !message.isVoid()) {
                return succeeded + " succeeded before " + message;
            }
        }
        return succeeded + " was never sent";
    }
}
