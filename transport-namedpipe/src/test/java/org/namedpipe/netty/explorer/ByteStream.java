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
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One direction of a connection: what was sent, in order, and how much of it has arrived, as bytes or as messages. */
final class ByteStream {
    private final List<Sent> sent = new ArrayList<>();
    private int current;
    private int offset;
    private long received;
    private int messages;
    /** Whether an empty message was taken for the end. */
    private boolean ended;

    /** How many messages were accepted: those after the end of the output were not. */
    private int accepted = Integer.MAX_VALUE;

    void add(Sent message) {
        sent.add(message);
    }

    List<Sent> sent() {
        return sent;
    }

    /** The sender ends its output. @return whether it had not done so before */
    boolean end() {
        boolean first = accepted == Integer.MAX_VALUE;
        accepted = Math.min(accepted, sent.size());
        return first;
    }

    /** What was sent before the sender ended its output. */
    List<Sent> accepted() {
        return sent.subList(0, Math.min(accepted, sent.size()));
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

    /** Checks that the sender's output ends here, with an empty message. @return what is wrong, or {@code null} */
    @Nullable
    String receiveEnd() {
        Sent message = ended ? null : nextMessage();
        if (message == null || message.payload.length() > 0) {
            return ended ? "it has ended before" : "next is " + message;
        }
        ended = true;
        messages++;
        return null;
    }

    private @Nullable Sent nextMessage() {
        while (current < sent.size()
                && (sent.get(current).isVoid()
                        || (ended && sent.get(current).payload.length() == 0))) {
            current++;
        }
        return current == sent.size() ? null : sent.get(current++);
    }

    /**
     * Checks that this is the next message, all of it.
     *
     * @param halves whether an empty message is not one, but an end
     * @return what is wrong, or {@code null}
     */
    @Nullable
    String receiveMessage(ByteBuf buffer, boolean halves) {
        Sent message = nextMessage();
        if (message == null) {
            return "a message was received, but never sent";
        }
        if (halves && message.payload.length() == 0) {
            return "an end was not reported: " + message;
        }
        messages++;
        received += buffer.readableBytes();
        byte[] bytes = ByteBufUtil.getBytes(buffer);
        return Arrays.equals(bytes, message.payload.bytes())
                ? null
                : Arrays.toString(bytes) + " was received instead of " + message;
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

    /** How many messages have arrived, where they arrive one by one. */
    int messages() {
        return messages;
    }

    int promisedMessages() {
        return (int)
                sent.stream().filter(message -> message.promise.isSuccess()).count();
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

    boolean isUnfinished() {
        return sent.stream().anyMatch(message -> !message.promise.isDone());
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
