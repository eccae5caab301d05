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
import io.netty.channel.RecvByteBufAllocator;

/** Fires what reads have brought: bytes as they come, and messages once they are whole. */
final class InboundDelivery {
    /** The outcome of a read. */
    enum Outcome {
        DELIVERED,
        /** A part of a message, or one that is dropped: a read that was asked for is still owed. */
        PARTIAL,
        /** Nothing, and no other read follows. */
        ENDED
    }

    private final InboundEnd end;
    private final MessageAssembler messages = new MessageAssembler();

    InboundDelivery(InboundEnd end) {
        this.end = end;
    }

    /** Takes over bytes of a stream. */
    Outcome bytes(RecvByteBufAllocator.ExtendedHandle allocHandle, ByteBuf read) {
        if (read.isReadable()) {
            allocHandle.incMessagesRead(1);
            end.pipeline().fireChannelRead(read);
        } else {
            // The peer wrote nothing, which is not the end of the stream.
            read.release();
        }
        return Outcome.DELIVERED;
    }

    /** Takes in a part of a message, and makes room for the next part in the same buffer. */
    Outcome part(ByteBuf read) {
        Exception complaint = messages.part(read, maxSize());
        if (complaint != null) {
            end.pipeline().fireExceptionCaught(complaint);
        }
        return Outcome.PARTIAL;
    }

    /** Takes over a message, or the last part of one together with all that came before it. */
    Outcome message(RecvByteBufAllocator.ExtendedHandle allocHandle, ByteBuf read) {
        if (!messages.end()) {
            read.release();
            return Outcome.PARTIAL;
        }
        int maxSize = maxSize();
        if (read.readableBytes() > maxSize) {
            read.release();
            end.pipeline().fireExceptionCaught(MessageAssembler.tooLong(maxSize));
            return Outcome.PARTIAL;
        }
        if (!read.isReadable() && end.endOfInput()) {
            read.release();
            return Outcome.DELIVERED;
        }
        allocHandle.incMessagesRead(1);
        end.pipeline().fireChannelRead(read);
        return Outcome.DELIVERED;
    }

    /** Fires that the pipe is drained for good, and closes the channel. */
    void endOfStream(RecvByteBufAllocator.ExtendedHandle allocHandle) {
        allocHandle.lastBytesRead(-1);
        allocHandle.readComplete();
        end.pipeline().fireChannelReadComplete();
        close();
    }

    /** Fires why a read failed, drops the rest of a message that has begun, and closes the channel if the failure is fatal. */
    void failed(RecvByteBufAllocator.ExtendedHandle allocHandle, Throwable cause, boolean fatal) {
        messages.lost();
        allocHandle.readComplete();
        end.pipeline().fireChannelReadComplete();
        end.pipeline().fireExceptionCaught(cause);
        if (fatal) {
            close();
        }
    }

    private void close() {
        end.gonePeer().failWrites();
        end.closeNow();
    }

    private int maxSize() {
        return end.config().get(NamedPipeChannelOption.MAX_MESSAGE_SIZE);
    }
}
