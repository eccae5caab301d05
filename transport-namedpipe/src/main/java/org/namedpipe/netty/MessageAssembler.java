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
package org.namedpipe.netty;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Puts together messages that are longer than the buffers they are read into, up to a limit. A longer message is reported once,
 * and dropped to the end of the message.
 */
final class MessageAssembler {
    private static final int MIN_GROWTH = 256;

    private enum State {
        /** The next read begins a message. */
        START,
        /** The buffer holds the beginning of a message. */
        PARTIAL,
        /** Bytes are dropped until the end of the message. */
        DROPPING
    }

    private State state = State.START;

    /**
     * Takes in a part of a message that goes on, and makes room for more of it in {@code buffer}.
     *
     * @return the complaint, if the message has just grown too long
     */
    @Nullable
    Exception part(ByteBuf buffer, int maxSize) {
        if (state == State.DROPPING) {
            buffer.clear();
            return null;
        }
        int size = buffer.readableBytes();
        // Also if making room fails.
        state = State.DROPPING;
        if (size > maxSize) {
            buffer.clear();
            return tooLong(maxSize);
        }
        int growth = buffer.maxWritableBytes();
        if (growth == 0) {
            buffer.clear();
            return TooLongMessage.exception("message exceeds the " + buffer.maxCapacity()
                    + " bytes to which a buffer of the RecvByteBufAllocator may grow, and is dropped");
        }
        // One byte more than may be delivered shows that a message is too long.
        long room = Math.min(Math.max(size, MIN_GROWTH), 1L + maxSize - size);
        buffer.ensureWritable((int) Math.min(room, growth));
        state = State.PARTIAL;
        return null;
    }

    /** Takes in that the beginning of a message is lost: the rest of it is dropped. */
    void lost() {
        if (state == State.PARTIAL) {
            state = State.DROPPING;
        }
    }

    /**
     * Takes in the end of a message.
     *
     * @return whether it is to be delivered
     */
    boolean end() {
        boolean wanted = state != State.DROPPING;
        state = State.START;
        return wanted;
    }

    /** The complaint about a message of more than {@code maxSize} bytes. */
    static Exception tooLong(int maxSize) {
        return TooLongMessage.exception("message exceeds MAX_MESSAGE_SIZE of " + maxSize + " bytes, and is dropped");
    }
}
