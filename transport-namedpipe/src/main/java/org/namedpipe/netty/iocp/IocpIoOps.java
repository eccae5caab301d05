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
package org.namedpipe.netty.iocp;

import io.netty.channel.IoOps;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.win32.Kernel;
import org.namedpipe.netty.win32.Win32Error;

/**
 * {@link IoOps} for overlapped operations: one object per operation a handle can have under way, used again and again.
 *
 * <p>{@code IoRegistration.submit} returns {@code 0} if the operation ended at once: its outcome is in {@link #error()}
 * and {@link #transferred()}, and nothing more will come. Any other number means that the operation is under way: an
 * {@link IocpIoEvent} brings its outcome, whatever happens in between. Until then the memory it was given belongs to the
 * kernel, even after {@link #cancel()} and after the handle was closed.
 *
 * <p>Confined to the thread of the event loop it is submitted to.
 */
public final class IocpIoOps implements IoOps {

    private enum Kind {
        READ("ReadFile") {
            @Override
            int issue(Kernel kernel, IocpIoOps ops, long overlapped) {
                return kernel.readFile(ops.handle, ops.address, ops.length, overlapped);
            }
        },
        WRITE("WriteFile") {
            @Override
            int issue(Kernel kernel, IocpIoOps ops, long overlapped) {
                return kernel.writeFile(ops.handle, ops.address, ops.length, overlapped);
            }
        },
        CONNECT("ConnectNamedPipe") {
            @Override
            int issue(Kernel kernel, IocpIoOps ops, long overlapped) {
                return kernel.connectNamedPipe(ops.handle, overlapped);
            }
        };

        final String call;

        Kind(String call) {
            this.call = call;
        }

        abstract int issue(Kernel kernel, IocpIoOps ops, long overlapped);
    }

    private static final int NO_SLOT = -1;

    private final Kind kind;
    private final @Nullable Object attachment;
    private long handle;
    private long address;
    private int length;
    private boolean packetOnSuccess;
    private int error;
    private int transferred;
    private long totalTransferred;
    private int slot = NO_SLOT;
    private @Nullable IocpRegistration registration;
    private @Nullable EventWait wait;

    private IocpIoOps(Kind kind, @Nullable Object attachment) {
        this.kind = kind;
        this.attachment = attachment;
    }

    /** A {@code ReadFile} on a handle that was {@linkplain IocpIoHandler#associate associated} with the loop's port. */
    public static IocpIoOps newRead() {
        return new IocpIoOps(Kind.READ, null);
    }

    /** A {@code WriteFile} on a handle that was {@linkplain IocpIoHandler#associate associated} with the loop's port. */
    public static IocpIoOps newWrite() {
        return new IocpIoOps(Kind.WRITE, null);
    }

    /**
     * A {@code ConnectNamedPipe} on a handle that belongs to no port, so that it can still be associated with another
     * loop's. It dies with {@code ERROR_OPERATION_ABORTED} when the thread it was submitted on ends.
     *
     * @param attachment for the submitter's own use, see {@link #attachment()}
     */
    public static IocpIoOps newConnect(Object attachment) {
        return new IocpIoOps(Kind.CONNECT, attachment);
    }

    /** Sets what a connect applies to. Must not be under way. */
    public IocpIoOps prepare(long handle) {
        return prepare(handle, 0, 0);
    }

    /**
     * Sets what a read or a write applies to. Must not be under way.
     *
     * @param address of memory that the submitter keeps alive and leaves alone until the operation has ended
     * @param length in bytes
     */
    public IocpIoOps prepare(long handle, long address, int length) {
        assert !isPending();
        this.handle = handle;
        this.address = address;
        this.length = length;
        return this;
    }

    /**
     * Says that the handle was associated so that it posts a packet for each success too. A success or
     * {@code ERROR_MORE_DATA} is then told by an event even where the call itself returned it.
     */
    public IocpIoOps packetOnSuccess(boolean packetOnSuccess) {
        this.packetOnSuccess = packetOnSuccess;
        return this;
    }

    /** Whether this is under way. */
    public boolean isPending() {
        return slot != NO_SLOT;
    }

    /** Whether the kernel is still at it. If this is pending otherwise, it has ended, and its event is on its way. */
    public boolean isInKernel() {
        IocpRegistration submittedTo = registration;
        return submittedTo != null && submittedTo.handler().isInKernel(slot);
    }

    /** The Win32 error code this ended with, or {@link Win32Error#ERROR_SUCCESS}. */
    public int error() {
        return error;
    }

    /** How many bytes were moved. */
    public int transferred() {
        return transferred;
    }

    /** How many bytes were moved by all uses of this so far. */
    public long totalTransferred() {
        return totalTransferred;
    }

    /** The number of bytes that were asked for. */
    public int length() {
        return length;
    }

    /** The Windows call this makes. */
    public String call() {
        return kind.call;
    }

    /** What {@link #newConnect} was given. */
    public @Nullable Object attachment() {
        return attachment;
    }

    /**
     * Asks the kernel to end this early, if it is under way. Its event still comes, with
     * {@code ERROR_OPERATION_ABORTED} or with the outcome it had reached.
     *
     * @return whether it is about to end: not if it has ended, or cannot be cancelled
     */
    public boolean cancel() {
        IocpRegistration submittedTo = registration;
        return submittedTo != null && submittedTo.handler().cancel(handle, slot);
    }

    // ---- the handler's side

    boolean needsEvent() {
        return kind == Kind.CONNECT;
    }

    int issue(Kernel kernel, long overlapped) {
        return kind.issue(kernel, this, overlapped);
    }

    /** Whether a packet will come for a call that returned {@code code}. */
    boolean isPacketDue(int code) {
        return code == Win32Error.ERROR_IO_PENDING
                || (packetOnSuccess && (code == Win32Error.ERROR_SUCCESS || code == Win32Error.ERROR_MORE_DATA));
    }

    void begin(IocpRegistration submittedTo, int ownSlot, @Nullable EventWait ownWait) {
        registration = submittedTo;
        slot = ownSlot;
        wait = ownWait;
    }

    void end(int code, int bytes) {
        registration = null;
        slot = NO_SLOT;
        wait = null;
        error = code;
        transferred = bytes;
        totalTransferred += bytes;
    }

    /** Counts what was moved, in its direction. */
    void count(IocpTally tally) {
        switch (kind) {
            case READ -> tally.bytesRead.add(transferred);
            case WRITE -> tally.bytesWritten.add(transferred);
            case CONNECT -> {
                // Moves nothing.
            }
        }
    }

    int slot() {
        return slot;
    }

    @Nullable
    EventWait eventWait() {
        return wait;
    }

    @Nullable
    IocpRegistration registration() {
        return registration;
    }

    @Override
    public String toString() {
        return kind.call + (isPending() ? " under way" : " ended with " + error);
    }
}
