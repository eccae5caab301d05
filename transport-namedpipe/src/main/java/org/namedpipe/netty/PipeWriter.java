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
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.iocp.IocpCompletionHandler;
import org.namedpipe.netty.iocp.IocpIoOps;
import org.namedpipe.netty.win32.WindowsException;

/**
 * Writes a channel: at most one {@code WriteFile} at a time, from a buffer that it holds a reference of its own to until
 * the write has ended. A message leaves the outbound buffer, and its promise succeeds, only when the kernel has taken
 * its bytes.
 */
final class PipeWriter implements IocpCompletionHandler {
    private enum State {
        IDLE,
        /** The kernel reads from the batch, or messages it has taken are being removed. */
        WRITING,
        CLOSED
    }

    private final OutboundEnd end;
    private final PipeHandle pipe;
    private final LoopRegistration registration;
    private final PipeReader reader;
    private final PipeClose closing;
    private final GonePeer gonePeer;
    private final IocpIoOps ops = IocpIoOps.newWrite(this);
    private final WriteBatch batches;
    private final Turn turn = new Turn();
    private final Runnable flushLater;
    private State state = State.IDLE;
    private @Nullable ByteBuf batch;
    /** Of a write under way: the channel has forgotten it by the time a close has waited for the write. */
    private @Nullable ChannelOutboundBuffer source;

    private PipeEventTypes.@Nullable StalledWrite event;

    PipeWriter(
            OutboundEnd end,
            PipeHandle pipe,
            LoopRegistration registration,
            PipeReader reader,
            PipeClose closing,
            GonePeer gonePeer) {
        this.end = end;
        this.pipe = pipe;
        this.registration = registration;
        this.reader = reader;
        this.closing = closing;
        this.gonePeer = gonePeer;
        batches = new WriteBatch(end, pipe, registration);
        flushLater = end::flushNow;
    }

    /** Returns whether a flush has to wait for {@link #completed}, which flushes. */
    boolean isBusy() {
        return state == State.WRITING;
    }

    boolean isPending() {
        return ops.isPending();
    }

    /** Returns how many bytes were written so far. */
    long bytes() {
        return ops.totalTransferred();
    }

    /** Writes what is flushed until a write pends, nothing is left, or others are to have their turn. */
    void write(ChannelOutboundBuffer out) {
        if (gonePeer.isGone()) {
            gonePeer.refuse(out);
            return;
        }
        try {
            writeFlushed(out);
        } catch (Throwable t) {
            failed(out, t);
        }
    }

    private void writeFlushed(ChannelOutboundBuffer out) throws Exception {
        int budget = end.config().getMaxMessagesPerWrite();
        int callsLeft = end.config().getWriteSpinCount();
        turn.begin(ops.totalTransferred());
        while (state == State.IDLE) {
            ByteBuf next = batch != null ? batch : batches.next(out, budget);
            if (next == null) {
                return;
            }
            batch = next;
            int length = batches.callLength(next.readableBytes());
            ops.prepare(pipe.value(), Buffers.address(next, next.readerIndex()), length);
            if (registration.iocp().submit(ops) != 0) {
                state = State.WRITING;
                source = out;
                event = PipeEvents.writePends();
                return;
            }
            budget -= written(out);
            callsLeft--;
            if (!out.isEmpty() && (budget <= 0 || callsLeft <= 0 || isTurnOver())) {
                registration.iocp().runNextTurn(flushLater);
                return;
            }
        }
    }

    private boolean isTurnOver() {
        return turn.isOver(ops.totalTransferred(), end.eventLoop());
    }

    /** Takes in the packet of a pending write. */
    @Override
    public void completed(IocpIoOps ended) {
        ChannelOutboundBuffer out = source;
        source = null;
        try {
            PipeEvents.writeEnds(event, end, ops.transferred(), ops.error());
            // Listeners that flush while messages are removed find this busy.
            written(out);
        } catch (Throwable t) {
            failed(out, t);
        } finally {
            if (state == State.WRITING) {
                state = State.IDLE;
            }
        }
        if (state == State.CLOSED) {
            closing.writeEnded();
        } else {
            end.flushNow();
        }
    }

    /** Leaves nothing half written: the output ends, and with it the channel unless there is something left to read. */
    private void failed(@Nullable ChannelOutboundBuffer out, Throwable cause) {
        if (!ops.isPending()) {
            releaseBatch();
        }
        if (state == State.CLOSED) {
            if (!(cause instanceof IOException)) {
                end.pipeline().fireExceptionCaught(cause);
            }
            return;
        }
        if (closing.isLingering()) {
            WriteBatch.failAll(out, cause);
            closing.lingered();
        } else if (cause instanceof WindowsException && EndCodes.isEndOfOutput(ops.error()) && outlives()) {
            gonePeer.found(cause);
        } else {
            end.writeFailed(cause);
        }
    }

    private boolean outlives() {
        return reader.mayRead();
    }

    /** Writes no more, and cancels a write under way. @return whether there is one, which is about to end */
    boolean cancel() {
        state = State.CLOSED;
        gonePeer.close();
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
        if (ops.error() != Win32Error.ERROR_SUCCESS) {
            throw new WindowsException("WriteFile", end.pipeName(), ops.error());
        }
        if (out == null) {
            releaseBatch();
            return 0;
        }
        int before = out.size();
        int bytes = ops.transferred();
        if (out.current() instanceof FileRegion region) {
            boolean allOfChunk = skipInBatch(bytes);
            out.progress(bytes);
            if (allOfChunk && region.transferred() >= region.count()) {
                out.remove();
            }
            return before - out.size();
        }
        releaseBatch();
        if (out.current() == ControlMessage.ZERO_LENGTH_MESSAGE) {
            out.remove();
        } else {
            WriteBatch.removeBytes(out, bytes);
        }
        return before - out.size();
    }

    /** Keeps what is left of a region's chunk, since the region will not emit it again. @return whether nothing is left */
    private boolean skipInBatch(int bytes) {
        ByteBuf chunk = batch;
        if (chunk != null && bytes < chunk.readableBytes()) {
            chunk.skipBytes(bytes);
            return false;
        }
        releaseBatch();
        return true;
    }

    private void releaseBatch() {
        ByteBuf done = batch;
        if (done != null) {
            batch = null;
            done.release();
        }
    }
}
