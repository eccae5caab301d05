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
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Win32Error;

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
public sealed class IocpIoOps implements IoOps permits IocpConnectOps {

    enum Kind {
        READ("ReadFile"),
        WRITE("WriteFile"),
        CONNECT("ConnectNamedPipe");

        final String call;

        Kind(String call) {
            this.call = call;
        }
    }

    private static final int NO_SLOT = -1;

    private final Kind kind;
    private final IocpCompletionHandler completionHandler;
    private long handle;
    private long address;
    private int length;
    private int error;
    private int transferred;
    private long totalTransferred;
    private int slot = NO_SLOT;
    /** Its submitter has asked to end this use of it, and may have closed the handle since. */
    private boolean cancelAsked;
    /** The status of the last use. */
    private @Nullable IocpRegistration registration;

    IocpIoOps(Kind kind, IocpCompletionHandler completionHandler) {
        this.kind = kind;
        this.completionHandler = completionHandler;
    }

    /**
     * Returns a {@code ReadFile} on a handle that was associated with the loop's port.
     *
     * @param completionHandler takes in the end of each use that was under way
     */
    public static IocpIoOps newRead(IocpCompletionHandler completionHandler) {
        return new IocpIoOps(Kind.READ, completionHandler);
    }

    /**
     * Returns a {@code WriteFile} on a handle that was associated with the loop's
     * port.
     *
     * @param completionHandler takes in the end of each use that was under way
     */
    public static IocpIoOps newWrite(IocpCompletionHandler completionHandler) {
        return new IocpIoOps(Kind.WRITE, completionHandler);
    }

    /**
     * Returns a {@code ConnectNamedPipe} on a handle that belongs to no port, so that it can still be associated with another
     * loop's. It dies with {@code ERROR_OPERATION_ABORTED} when the thread it was submitted on ends.
     *
     * @param completionHandler takes in the end of each use that was under way
     */
    public static IocpIoOps newConnect(IocpCompletionHandler completionHandler) {
        return new IocpConnectOps(completionHandler);
    }

    /** Sets what a connect applies to. Must not be under way. */
    public final IocpIoOps prepare(long handle) {
        return prepare(handle, 0, 0);
    }

    /**
     * Sets what a read or a write applies to. Must not be under way.
     *
     * @param address of memory that the submitter keeps alive and leaves alone until the operation has ended
     * @param length in bytes
     */
    public final IocpIoOps prepare(long handle, long address, int length) {
        assert !isPending();
        this.handle = handle;
        this.address = address;
        this.length = length;
        return this;
    }

    /** Returns whether this is under way. */
    public final boolean isPending() {
        return slot != NO_SLOT;
    }

    /** Returns whether the kernel still works on this. If it does not and this is pending, its event is on its way. */
    public final boolean isInKernel() {
        return isPending() && registration().operations().isInKernel(slot);
    }

    /** The Win32 error code this ended with, or {@link Win32Error#ERROR_SUCCESS}. */
    public final int error() {
        return error;
    }

    /** Returns how many bytes were moved. */
    public final int transferred() {
        return transferred;
    }

    /** Returns how many bytes were moved by all uses of this so far. */
    public final long totalTransferred() {
        return totalTransferred;
    }

    /** The number of bytes that were asked for. */
    public final int length() {
        return length;
    }

    /** The Windows call this makes. */
    public final String call() {
        return kind.call;
    }

    /** Returns what takes in the end of this. */
    public final IocpCompletionHandler completionHandler() {
        return completionHandler;
    }

    /**
     * Asks the kernel to end this early, if it is under way. Its event still comes, with
     * {@code ERROR_OPERATION_ABORTED} or with the outcome it had reached.
     *
     * @return whether it is about to end: not if it has ended, or cannot be cancelled
     */
    public final boolean cancel() {
        cancelAsked = true;
        return isPending() && registration().operations().cancel(handle, slot);
    }

    // ---- the handler's side

    /** Makes the call. @return a Win32 error code */
    final int issue(Kernel kernel, long overlapped) {
        return switch (kind) {
            case READ -> kernel.readFile(handle, address, length, overlapped);
            case WRITE -> kernel.writeFile(handle, address, length, overlapped);
            case CONNECT -> kernel.connectNamedPipe(handle, overlapped);
        };
    }

    /** Asks the kernel to end this early on behalf of the handler, unless its submitter has done so. */
    final void cancelByHandler() {
        if (!cancelAsked) {
            registration().operations().cancel(handle, slot);
        }
    }

    final void begin(IocpRegistration submittedTo, int ownSlot) {
        cancelAsked = false;
        registration = submittedTo;
        slot = ownSlot;
    }

    final void end(int code, int bytes) {
        slot = NO_SLOT;
        error = code;
        transferred = bytes;
        totalTransferred += bytes;
    }

    /** Counts what was moved, in its direction. */
    final void count(IocpMetrics metrics) {
        switch (kind) {
            case READ -> metrics.bytesRead.add(transferred);
            case WRITE -> metrics.bytesWritten.add(transferred);
            case CONNECT -> {
                // Moves nothing.
            }
        }
    }

    final int slot() {
        return slot;
    }

    /** The registration that this was submitted to when it was last under way. */
    final IocpRegistration registration() {
        return Objects.requireNonNull(registration);
    }

    @Override
    public final String toString() {
        return kind.call + (isPending() ? " under way" : " ended with " + error);
    }
}
