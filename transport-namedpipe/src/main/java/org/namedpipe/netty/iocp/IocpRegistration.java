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

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.IoOps;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import org.namedpipe.netty.internal.iocp.IocpContext;
import org.namedpipe.netty.internal.iocp.LargeReads;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.win32.WindowsException;

/**
 * The registration of one handle, from {@code register} until it is cancelled and its last operation has ended. The
 * {@linkplain #attachment() attachment} of what Netty's event loop returns.
 *
 * <p>Confined to the thread of its event loop, but for {@link #isValid()} and {@link #cancel()}.
 */
final class IocpRegistration implements IocpContext {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(IocpRegistration.class);

    private enum State {
        VALID,
        /** Takes no more operations; those under way still end here. */
        CANCELLED,
        REMOVED
    }

    private final IocpIoHandler handler;
    private final PendingOperations operations;
    private final IocpIoHandle handle;
    private volatile State state = State.VALID;
    private boolean packetOnSuccess;
    private boolean closeAsked;
    private int pending;

    IocpRegistration(IocpIoHandler handler, PendingOperations operations, IocpIoHandle handle) {
        this.handler = handler;
        this.operations = operations;
        this.handle = handle;
    }

    /** Returns this registration itself, which Netty's event loop hides behind one of its own. */
    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T> T attachment() {
        return (T) this;
    }

    @Override
    public IocpIoHandler handler() {
        return handler;
    }

    @Override
    public Kernel kernel() {
        return handler.kernel();
    }

    @Override
    public void countBusyWait() {
        handler.countBusyWait();
    }

    @Override
    public void runNextTurn(Runnable work) {
        handler.runNextTurn(work);
    }

    @Override
    public ByteBufAllocator largeBuffers() {
        return handler.largeBuffers();
    }

    @Override
    public LargeReads largeReads() {
        return handler.largeBuffers().reads();
    }

    @Override
    public void associate(long handleOfPipe, String pipe, boolean packetOnSuccess) throws WindowsException {
        handler.associate(handleOfPipe, pipe, packetOnSuccess);
        associated(packetOnSuccess);
    }

    @Override
    public void associated(boolean packetOnSuccess) {
        this.packetOnSuccess = packetOnSuccess;
    }

    @Override
    public long submit(IoOps ops) {
        if (!(ops instanceof IocpIoOps overlapped)) {
            throw new IllegalArgumentException("IoOps of type " + ops.getClass().getName() + " not supported");
        }
        return operations.submit(this, overlapped);
    }

    @Override
    public boolean isValid() {
        return state == State.VALID;
    }

    @Override
    public boolean cancel() {
        synchronized (this) {
            if (state != State.VALID) {
                return false;
            }
            state = State.CANCELLED;
        }
        handler.execute(this::removeIfIdle);
        return true;
    }

    PendingOperations operations() {
        return operations;
    }

    /** Returns whether a packet will come for a read or a write whose call returned {@code code}. */
    boolean isPacketDue(int code) {
        return code == Win32Error.ERROR_IO_PENDING
                || (packetOnSuccess && (code == Win32Error.ERROR_SUCCESS || code == Win32Error.ERROR_MORE_DATA));
    }

    void opened() {
        pending++;
    }

    /** Hands the end of an operation to the handle, which for a cancelled registration only gives its memory back. */
    void ended(IocpIoEvent event) {
        pending--;
        try {
            handle.handle(this, event);
        } finally {
            if (state == State.CANCELLED) {
                removeIfIdle();
            }
        }
    }

    /** Has the handle close itself, once. */
    void close() {
        if (closeAsked) {
            return;
        }
        closeAsked = true;
        try {
            handle.close();
        } catch (RuntimeException e) {
            logger.warn("Could not close {}", handle, e);
        }
    }

    private void removeIfIdle() {
        if (pending == 0 && state == State.CANCELLED) {
            state = State.REMOVED;
            handler.remove(this);
            handle.unregistered();
        }
    }

    void registered() {
        handle.registered();
    }
}
