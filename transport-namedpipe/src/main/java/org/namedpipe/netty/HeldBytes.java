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

import io.netty.channel.ChannelOutboundBuffer;

/** Counts the bytes that the filters of a channel hold back, and makes the channel unwritable when they are many. */
final class HeldBytes {
    /** Which of the channel's 31 user-defined writability flags this sets. Netty's traffic shaping uses 1 to 3. */
    static final int WRITABILITY_FLAG = 31;
    /** The cost of a message in addition to its bytes, so that messages of no bytes are bounded too. */
    private static final int MESSAGE_OVERHEAD = 96;

    private final NamedPipeChannel channel;
    private long bytes;

    HeldBytes(NamedPipeChannel channel) {
        this.channel = channel;
    }

    int sizeOf(Object message) {
        return MESSAGE_OVERHEAD
                + Math.max(
                        0,
                        channel.config().getMessageSizeEstimator().newHandle().size(message));
    }

    boolean hasRoomFor(int size) {
        return bytes + size <= channel.config().getWriteBufferHighWaterMark();
    }

    IllegalStateException overflow() {
        return new IllegalStateException("write to " + channel.pipeName() + ": no more than "
                + channel.config().getWriteBufferHighWaterMark() + " bytes (WRITE_BUFFER_WATER_MARK) can be written"
                + " before the filters have accepted the peer; write when the channel is active or isWritable()");
    }

    void add(int change) {
        bytes += change;
        ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
        boolean writable = bytes <= channel.config().getWriteBufferLowWaterMark();
        if (out != null && out.getUserDefinedWritability(WRITABILITY_FLAG) != writable) {
            out.setUserDefinedWritability(WRITABILITY_FLAG, writable);
        }
    }
}
