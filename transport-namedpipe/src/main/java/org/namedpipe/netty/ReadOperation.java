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
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.iocp.LargeReads;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.iocp.IocpCompletionHandler;
import org.namedpipe.netty.iocp.IocpIoOps;
import org.namedpipe.netty.win32.WindowsException;

/**
 * One {@code ReadFile} at a time, and its buffer, which is the kernel's until the read has ended.
 *
 * <p>A read of a stream that has filled its buffer has probably left bytes in the pipe. Then the pipe is asked how many, and a
 * second read takes them at once, into one buffer with the bytes of the first: a decoder need not put them together. The
 * bytes can be gone by then, if the peer has cancelled its write. Then the second read pends, or fails, and counts as the
 * next one.
 *
 * <p>After much was read, the next read has a buffer of {@link #MAX_BYTES}, so that it takes the next message whole. A few reads of
 * an event loop may have one, because it is of no other use until the peer sends.
 */
final class ReadOperation {
    /** One buffer holds no more bytes of a stream, unless a {@link RecvByteBufAllocator} of the user's decides that. */
    static final int MAX_BYTES = 2 * 1024 * 1024;

    /** As many bytes are copied if they came into a large buffer. */
    private static final int COPIED_BYTES = 64 * 1024;

    /** The number of reads in a row that may fail to be submitted. An allocator that always fails would keep the loop busy. */
    private static final int MAX_FAILURES = 2;

    private final InboundEnd end;
    private final PipeHandle pipe;
    private final LoopRegistration registration;
    private final IocpIoOps ops;
    private @Nullable ByteBuf buffer;
    /** The next read was submitted before the bytes of the last one were taken. */
    private boolean ahead;
    /** The reason why the last read could not be submitted. */
    private @Nullable Throwable submitFailure;

    private int failuresInARow;
    private long taken;
    /** The number of bytes that were taken last. */
    private int brought;
    /** The limit that counts the buffer, if it is a large one that an outstanding read was given. */
    private @Nullable LargeReads countedBy;

    /** @param completionHandler takes in the packet of a read that was under way */
    ReadOperation(
            InboundEnd end, PipeHandle pipe, LoopRegistration registration, IocpCompletionHandler completionHandler) {
        this.end = end;
        this.pipe = pipe;
        this.registration = registration;
        ops = IocpIoOps.newRead(completionHandler);
    }

    /** Starts a read, into the buffer that is held or a new one. @return whether it is under way; if not, its outcome is known */
    boolean submit() {
        if (ahead) {
            ahead = false;
            return ops.isPending();
        }
        try {
            return registration.iocp().submit(prepared()) != 0;
        } catch (Throwable t) {
            // Memory may have run out: a failure of this channel, not of the loop or of the caller.
            submitFailure = t;
            failuresInARow++;
            return false;
        }
    }

    private IocpIoOps prepared() {
        RecvByteBufAllocator.ExtendedHandle allocHandle = end.allocHandle();
        ByteBuf target = buffer != null ? takeBuffer() : newBuffer(allocHandle);
        int length = target.writableBytes();
        if (length == 0) {
            target.release();
            throw new IllegalStateException("the RecvByteBufAllocator of " + end.pipeName()
                    + " returned a buffer without room to read into: " + target);
        }
        allocHandle.attemptedBytesRead(length);
        buffer = target;
        return ops.prepare(pipe.value(), Buffers.address(target, target.writerIndex()), length);
    }

    private ByteBuf newBuffer(RecvByteBufAllocator.ExtendedHandle allocHandle) {
        ByteBuf large = brought > Buffers.LARGE_BYTES ? largeBuffer() : null;
        return large != null
                ? large
                : Buffers.allocateDirect(allocHandle, end.config().getAllocator());
    }

    /** Returns a buffer of the event loop, or {@code null} if the user chooses buffers, too many reads have one, or memory is short. */
    private @Nullable ByteBuf largeBuffer() {
        LargeReads reads = registration.iocp().largeReads();
        if (!choosesLength() || !end.config().choosesMemory() || !reads.begin()) {
            return null;
        }
        try {
            ByteBuf large = registration.iocp().largeBuffers().directBuffer(MAX_BYTES);
            countedBy = reads;
            return large;
        } catch (Throwable t) {
            // Memory may have run out. A smaller buffer will do.
            reads.end();
            return null;
        }
    }

    /** Has the buffer no longer count as one of a large read. @return whether it did */
    private boolean endLargeRead() {
        LargeReads reads = countedBy;
        if (reads == null) {
            return false;
        }
        countedBy = null;
        reads.end();
        return true;
    }

    /** Returns a copy of few bytes, so that a handler that keeps them does not keep a large buffer. */
    private ByteBuf copied(ByteBuf few) {
        try {
            ByteBuf copy = end.config().getAllocator().directBuffer(few.readableBytes());
            copy.writeBytes(few, few.readerIndex(), few.readableBytes());
            few.release();
            return copy;
        } catch (Throwable t) {
            // Memory may have run out. The large buffer serves as well.
            return few;
        }
    }

    /** Returns the reason why the last read could not be submitted, and forgets it; {@code null} if it was submitted. */
    @Nullable
    Throwable takeSubmitFailure() {
        Throwable taken = submitFailure;
        submitFailure = null;
        return taken;
    }

    /** Returns whether the last reads in a row could not be submitted. */
    boolean failsRepeatedly() {
        return failuresInARow >= MAX_FAILURES;
    }

    /** Returns whether the next read was submitted already. */
    boolean isAhead() {
        return ahead;
    }

    boolean isPending() {
        return ops.isPending();
    }

    /** Returns whether the kernel still works on the read. */
    boolean isInKernel() {
        return ops.isInKernel();
    }

    void cancel() {
        ops.cancel();
    }

    /** Returns how many bytes the last read had room for. */
    int length() {
        return ops.length();
    }

    /** Returns how many bytes were read so far. */
    long totalTransferred() {
        return ops.totalTransferred();
    }

    /** Returns how many bytes were taken so far. */
    long taken() {
        return taken;
    }

    /** Returns whether the message goes on behind what the last read has brought. */
    boolean isPart() {
        return ops.error() == Win32Error.ERROR_MORE_DATA;
    }

    /** Returns whether the last read has brought no bytes, and no other read follows it. */
    boolean isLast() {
        return submitFailure == null
                && ops.error() != Win32Error.ERROR_SUCCESS
                && !(isPart() && pipe.shape().readsMessages());
    }

    /** Returns whether the last read has found the end of the stream. */
    boolean isEnd() {
        return EndCodes.isEndOfInput(ops.error());
    }

    WindowsException failure() {
        return new WindowsException("ReadFile", end.pipeName(), ops.error());
    }

    /** Returns a buffer, which is the caller's, with what the last read has brought and what it left in the pipe. */
    ByteBuf takeBytes(RecvByteBufAllocator.ExtendedHandle allocHandle) {
        failuresInARow = 0;
        int bytes = ops.transferred();
        ByteBuf first = takeBuffer();
        first.writerIndex(first.writerIndex() + bytes);
        if (endLargeRead() && bytes <= COPIED_BYTES) {
            first = copied(first);
        }
        ByteBuf both = bytes == ops.length() && choosesLength() ? readOn(first) : null;
        if (both != null) {
            allocHandle.attemptedBytesRead(bytes + ops.length());
            bytes += ops.transferred();
            first.release();
        }
        allocHandle.lastBytesRead(bytes);
        brought = bytes;
        taken += bytes;
        return both != null ? both : first;
    }

    private boolean choosesLength() {
        return !pipe.shape().readsMessages() && end.config().choosesReadSizes();
    }

    /** Reads what is behind {@code first}. @return a buffer for the caller with both, or {@code null} if nothing was read */
    private @Nullable ByteBuf readOn(ByteBuf first) {
        int offset = first.readableBytes();
        if (offset == MAX_BYTES) {
            return null;
        }
        try {
            int length = Math.min(pipe.available(), MAX_BYTES - offset);
            if (length <= 0) {
                return null;
            }
            ByteBuf both = Buffers.direct(end.config(), registration, offset + length);
            buffer = both.setIndex(offset, offset);
            ops.prepare(pipe.value(), Buffers.address(both, offset), length);
            ahead = registration.iocp().submit(ops) != 0 || ops.error() != Win32Error.ERROR_SUCCESS;
        } catch (Throwable t) {
            // Memory may have run out. The next read reports it if that lasts.
            releaseBuffer();
            return null;
        }
        if (ahead) {
            releaseBufferIfEnded();
            return null;
        }
        return takeBuffer().setBytes(0, first, first.readerIndex(), offset).setIndex(0, offset + ops.transferred());
    }

    private ByteBuf takeBuffer() {
        ByteBuf taken = buffer;
        assert taken != null;
        buffer = null;
        return taken;
    }

    /** Has the next read go on in a buffer, and takes it over. */
    void continueIn(ByteBuf partial) {
        buffer = partial;
    }

    /** Releases the buffer, if there is one, and it is not the kernel's. */
    void releaseBufferIfEnded() {
        if (!ops.isPending()) {
            releaseBuffer();
        }
    }

    /** Releases the buffer, if there is one. */
    void releaseBuffer() {
        endLargeRead();
        if (buffer != null) {
            takeBuffer().release();
        }
    }
}
