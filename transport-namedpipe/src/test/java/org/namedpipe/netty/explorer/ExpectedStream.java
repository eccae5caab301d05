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

/** One direction of a connection: the messages that were sent, in order, and the number of those that have arrived. */
final class ExpectedStream {
    private final List<SentMessage> sent = new ArrayList<>();
    private int current;
    private int offset;
    private long received;
    private int messages;
    /** True if the end of the stream was received. */
    private boolean ended;

    /** The number of messages before the end of the output. */
    private int accepted = Integer.MAX_VALUE;

    void add(SentMessage message) {
        sent.add(message);
    }

    List<SentMessage> sent() {
        return sent;
    }

    /** Ends the output. Returns false if it had ended before. */
    boolean end() {
        boolean first = accepted == Integer.MAX_VALUE;
        accepted = Math.min(accepted, sent.size());
        return first;
    }

    /** Returns the messages before the end of the output. */
    List<SentMessage> accepted() {
        return sent.subList(0, Math.min(accepted, sent.size()));
    }

    void flushed() {
        for (SentMessage message : sent) {
            message.flushed = true;
        }
    }

    /** Checks that these are the next bytes. Returns an error, or {@code null}. */
    @Nullable
    String receive(ByteBuf buffer) {
        for (int i = buffer.readerIndex(); i < buffer.writerIndex(); i++) {
            SentMessage message = messageOfNextByte();
            if (message == null) {
                return "byte " + received + " was received, but not sent";
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

    /** Checks that the output ends here, with an empty message. Returns an error, or {@code null}. */
    @Nullable
    String receiveEnd() {
        SentMessage message = ended ? null : nextMessage();
        if (message == null || message.payload.length() > 0) {
            return ended ? "the input has ended before" : "the next message is " + message;
        }
        ended = true;
        messages++;
        return null;
    }

    private @Nullable SentMessage nextMessage() {
        while (current < sent.size()
                && (sent.get(current).isUnwritten()
                        || (ended && sent.get(current).payload.length() == 0))) {
            current++;
        }
        return current == sent.size() ? null : sent.get(current++);
    }

    /**
     * Checks that this is the complete next message.
     *
     * @param halfClosure whether an empty message ends the stream
     * @return an error, or {@code null}
     */
    @Nullable
    String receiveMessage(ByteBuf buffer, boolean halfClosure) {
        SentMessage message = nextMessage();
        if (message == null) {
            return "a message was received, but not sent";
        }
        if (halfClosure && message.payload.length() == 0) {
            return "the end of input was delivered as a message: " + message;
        }
        messages++;
        received += buffer.readableBytes();
        byte[] bytes = ByteBufUtil.getBytes(buffer);
        return Arrays.equals(bytes, message.payload.bytes())
                ? null
                : Arrays.toString(bytes) + " was received instead of " + message;
    }

    private @Nullable SentMessage messageOfNextByte() {
        while (current < sent.size()) {
            SentMessage message = sent.get(current);
            if (offset < message.length() && (offset > 0 || !message.isUnwritten())) {
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

    /** Returns the number of messages that have arrived; 0 in byte mode. */
    int messages() {
        return messages;
    }

    int writtenMessages() {
        return (int)
                sent.stream().filter(message -> message.promise.isSuccess()).count();
    }

    /** Returns the number of bytes whose promises have succeeded. */
    long writtenBytes() {
        long bytes = 0;
        for (SentMessage message : sent) {
            if (message.promise.isSuccess()) {
                bytes += message.payload.length();
            }
        }
        return bytes;
    }

    boolean isUnfinished() {
        return sent.stream().anyMatch(message -> !message.promise.isDone());
    }

    /** Returns the first flushed message whose promise is not done, or {@code null}. */
    @Nullable
    SentMessage unfinished() {
        for (SentMessage message : sent) {
            if (message.flushed && !message.promise.isDone()) {
                return message;
            }
        }
        return null;
    }

    /** Checks that all messages before this one have succeeded too. Returns an error, or {@code null}. */
    @Nullable
    String checkOrder(SentMessage succeeded) {
        for (SentMessage message : sent) {
            if (message == succeeded) {
                return null;
            }
            if (!message.promise.isSuccess() && !message.isUnwritten()) {
                return succeeded + " succeeded before " + message;
            }
        }
        return succeeded + " was not sent";
    }
}
