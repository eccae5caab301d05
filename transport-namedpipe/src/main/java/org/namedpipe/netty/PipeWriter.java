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
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.FileRegion;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.iocp.IocpIoOps;
import org.namedpipe.netty.win32.Win32Error;
import org.namedpipe.netty.win32.Win32Exception;

/**
 * Writes a channel: at most one {@code WriteFile} at a time, from a buffer that it holds a reference of its own to until
 * the write has ended. A message leaves the outbound buffer, and its promise succeeds, only when the kernel has taken
 * its bytes.
 */
final class PipeWriter {
    private enum State {
        IDLE,
        /** The kernel reads from the batch, or messages it has taken are being removed. */
        WRITING,
        CLOSED
    }

    private final NamedPipeChannel channel;
    private final IocpIoOps ops = IocpIoOps.newWrite();
    private final WriteBatch batches;
    private final Runnable flushLater;
    private State state = State.IDLE;
    private @Nullable ByteBuf batch;
    /** Of a write under way: the channel has forgotten it by the time a close has waited for the write. */
    private @Nullable ChannelOutboundBuffer source;

    private PipeEvents.@Nullable StalledWrite event;

    PipeWriter(NamedPipeChannel channel) {
        this.channel = channel;
        batches = new WriteBatch(channel);
        flushLater = () -> channel.pipeUnsafe().flushNow();
    }

    /** Whether a flush has to wait for {@link #ended()}, which flushes. */
    boolean isBusy() {
        return state == State.WRITING;
    }

    /** Says that the handle posts packets for writes that end at once too. */
    void packetOnSuccess(boolean packetOnSuccess) {
        ops.packetOnSuccess(packetOnSuccess);
    }

    boolean isPending() {
        return ops.isPending();
    }

    /** How many bytes were written so far. */
    long bytes() {
        return ops.totalTransferred();
    }

    boolean owns(IocpIoOps ended) {
        return ended == ops;
    }

    /** Writes what is flushed until a write pends, nothing is left, or others are to have their turn. */
    void write(ChannelOutboundBuffer out) throws Exception {
        int budget = channel.messagesPerWrite();
        int callsLeft = channel.config().getWriteSpinCount();
        while (state == State.IDLE) {
            ByteBuf next = batches.next(out, budget);
            if (next == null) {
                return;
            }
            batch = next;
            ops.prepare(channel.handle(), Buffers.address(next, next.readerIndex()), next.readableBytes());
            if (channel.submit(ops)) {
                state = State.WRITING;
                source = out;
                event = PipeEvents.writePends();
                return;
            }
            budget -= written(out);
            callsLeft--;
            if ((budget <= 0 || callsLeft <= 0) && !out.isEmpty()) {
                channel.eventLoop().execute(flushLater);
                return;
            }
        }
    }

    /** Takes in the packet of a pending write. */
    void ended() {
        PipeEvents.writeEnds(event, channel, ops.transferred(), ops.error());
        ChannelOutboundBuffer out = source;
        source = null;
        try {
            // Listeners that flush while messages are removed find this busy.
            written(out);
        } catch (IOException e) {
            if (state != State.CLOSED) {
                channel.pipeUnsafe().writeFailed(e);
            }
        } finally {
            if (state == State.WRITING) {
                state = State.IDLE;
            }
        }
        if (state == State.CLOSED) {
            channel.closing().writeEnded();
        } else {
            channel.pipeUnsafe().flushNow();
        }
    }

    /** Writes no more, and cancels a write under way. @return whether there is one, which is about to end */
    boolean cancel() {
        state = State.CLOSED;
        return ops.isPending() && ops.cancel();
    }

    /** Gives up what is held; the batch of a write under way is released when its packet comes. */
    void close() {
        if (state != State.CLOSED) {
            cancel();
        }
        if (!ops.isPending()) {
            releaseBatch();
        }
    }

    /** Removes what the kernel has taken. @return how many messages that were */
    private int written(@Nullable ChannelOutboundBuffer out) throws IOException {
        releaseBatch();
        if (ops.error() != Win32Error.ERROR_SUCCESS) {
            throw new Win32Exception("WriteFile", channel.pipeName(), ops.error());
        }
        if (out == null) {
            return 0;
        }
        int before = out.size();
        int bytes = ops.transferred();
        if (out.current() instanceof FileRegion region) {
            out.progress(bytes);
            if (region.transferred() >= region.count()) {
                out.remove();
            }
        } else if (out.current() == OutboundMarker.EMPTY_MESSAGE) {
            out.remove();
        } else {
            removeBytes(out, bytes);
        }
        return before - out.size();
    }

    /** As that of the buffer, which does not expect a listener to close the channel in the middle. */
    private static void removeBytes(ChannelOutboundBuffer out, int written) {
        int left = written;
        while (out.current() instanceof ByteBuf message) {
            int length = message.readableBytes();
            if (length > left) {
                message.skipBytes(left);
                out.progress(left);
                return;
            }
            left -= length;
            out.progress(length);
            out.remove();
        }
    }

    private void releaseBatch() {
        ByteBuf done = batch;
        if (done != null) {
            batch = null;
            done.release();
        }
    }
}
