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
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.iocp.IocpCompletionHandler;
import org.namedpipe.netty.iocp.IocpIoOps;
import org.namedpipe.netty.win32.WindowsException;

/** One {@code ReadFile} at a time, and its buffer, which is the kernel's until the read has ended. */
final class ReadOperation {
    private final InboundEnd end;
    private final PipeHandle pipe;
    private final LoopRegistration registration;
    private final IocpIoOps ops;
    private @Nullable ByteBuf buffer;

    /** @param completionHandler takes in the packet of a read that was under way */
    ReadOperation(
            InboundEnd end, PipeHandle pipe, LoopRegistration registration, IocpCompletionHandler completionHandler) {
        this.end = end;
        this.pipe = pipe;
        this.registration = registration;
        ops = IocpIoOps.newRead(completionHandler);
    }

    /** Starts a read, into the buffer that is held or a new one. @return whether it is under way; if not, it has ended */
    boolean submit() {
        RecvByteBufAllocator.ExtendedHandle allocHandle = end.allocHandle();
        ByteBuf target = buffer != null
                ? takeBuffer()
                : Buffers.allocateDirect(allocHandle, end.config().getAllocator());
        int length = target.writableBytes();
        if (length == 0) {
            target.release();
            throw new IllegalStateException("the RecvByteBufAllocator of " + end.pipeName()
                    + " returned a buffer without room to read into: " + target);
        }
        allocHandle.attemptedBytesRead(length);
        buffer = target;
        ops.prepare(pipe.value(), Buffers.address(target, target.writerIndex()), length);
        return registration.iocp().submit(ops) != 0;
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

    /** Returns how many bytes the last read has brought. */
    int transferred() {
        return ops.transferred();
    }

    /** Returns how many bytes were read so far. */
    long totalTransferred() {
        return ops.totalTransferred();
    }

    /** Returns whether the message goes on behind what the last read has brought. */
    boolean isPart() {
        return ops.error() == Win32Error.ERROR_MORE_DATA;
    }

    /** Returns whether the last read has brought no bytes, and no other read follows it. */
    boolean isLast() {
        return ops.error() != Win32Error.ERROR_SUCCESS
                && !(isPart() && pipe.shape().readsMessages());
    }

    /** Returns whether the last read has found the end of the stream. */
    boolean isEnd() {
        return EndCodes.isEndOfInput(ops.error());
    }

    WindowsException failure() {
        return new WindowsException("ReadFile", end.pipeName(), ops.error());
    }

    /** Returns the buffer, which is the caller's, with what the last read has brought. */
    ByteBuf takeBytes() {
        ByteBuf taken = takeBuffer();
        return taken.writerIndex(taken.writerIndex() + ops.transferred());
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
        if (buffer != null) {
            takeBuffer().release();
        }
    }
}
