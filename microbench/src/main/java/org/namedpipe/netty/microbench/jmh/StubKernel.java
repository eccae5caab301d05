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
package org.namedpipe.netty.microbench.jmh;

import io.netty.util.internal.PlatformDependent;
import java.util.Set;
import org.namedpipe.netty.internal.win32.Overlapped;
import org.namedpipe.netty.internal.win32.OverlappedEntry;
import org.namedpipe.netty.internal.win32.TokenInformation;
import org.namedpipe.netty.internal.win32.WaitListener;
import org.namedpipe.netty.internal.win32.Win32Error;

/**
 * A stub whose calls return at once. Reads pend until {@link #arrive} queues their packets; writes complete
 * synchronously; {@link #expectClients} sets the number of clients that connect. Bytes are copied only if {@link
 * #incoming} has set their address. Not thread-safe.
 */
public final class StubKernel extends UnsupportedKernel {
    private static final long DESCRIPTOR = 1;

    private long nextHandle = 1;
    private long incoming;
    private long pendingRead;
    private long pendingBuffer;
    private int pendingLength;
    private long overlappedToEnd;
    private int bytesToEnd;
    private int wakeups;
    private int clients;
    private long reads;

    /** Completes the last read with at most {@code bytes} bytes. @return the number of bytes that fit into its buffer */
    public int arrive(int bytes) {
        if (incoming != 0) {
            PlatformDependent.copyMemory(incoming, pendingBuffer, Math.min(bytes, pendingLength));
        }
        overlappedToEnd = pendingRead;
        bytesToEnd = Math.min(bytes, pendingLength);
        pendingRead = 0;
        return bytesToEnd;
    }

    /** Sets the address of the bytes that reads copy. */
    public void incoming(long address) {
        incoming = address;
    }

    /** Sets the number of clients that have connected before {@code ConnectNamedPipe} is called. */
    public void expectClients(int count) {
        clients = count;
    }

    /** Returns the number of reads so far. */
    public long reads() {
        return reads;
    }

    @Override
    public int readFile(long handle, long buffer, int length, long overlapped) {
        pendingRead = overlapped;
        pendingBuffer = buffer;
        pendingLength = length;
        reads++;
        return Win32Error.ERROR_IO_PENDING;
    }

    @Override
    public int writeFile(long handle, long buffer, int length, long overlapped) {
        PlatformDependent.putLong(overlapped + Overlapped.INTERNAL_HIGH, length);
        return Win32Error.ERROR_SUCCESS;
    }

    @Override
    public int getQueuedCompletionStatusEx(long port, long entries, int capacity, int timeoutMillis) {
        if (overlappedToEnd != 0) {
            PlatformDependent.putLong(entries + OverlappedEntry.KEY, 0);
            PlatformDependent.putLong(entries + OverlappedEntry.OVERLAPPED, overlappedToEnd);
            PlatformDependent.putLong(entries + OverlappedEntry.INTERNAL, 0);
            PlatformDependent.putInt(entries + OverlappedEntry.BYTES, bytesToEnd);
            overlappedToEnd = 0;
            return 1;
        }
        if (wakeups > 0) {
            wakeups--;
            PlatformDependent.putLong(entries + OverlappedEntry.KEY, 0);
            PlatformDependent.putLong(entries + OverlappedEntry.OVERLAPPED, 0);
            return 1;
        }
        return 0;
    }

    @Override
    public int postQueuedCompletionStatus(long port, int bytes, long key, long overlapped) {
        wakeups++;
        return Win32Error.ERROR_SUCCESS;
    }

    @Override
    public int cancelIoEx(long handle, long overlapped) {
        if (overlapped != 0 && overlapped == pendingRead) {
            arrive(0);
        }
        return Win32Error.ERROR_SUCCESS;
    }

    @Override
    public int connectNamedPipe(long handle, long overlapped) {
        return clients-- > 0 ? Win32Error.ERROR_PIPE_CONNECTED : Win32Error.ERROR_IO_PENDING;
    }

    @Override
    public long createIoCompletionPort() {
        return nextHandle++;
    }

    @Override
    public long createNamedPipe(
            String path,
            int openMode,
            int pipeMode,
            int maxInstances,
            int outQuota,
            int inQuota,
            int defaultTimeoutMillis,
            long securityDescriptor) {
        return nextHandle++;
    }

    @Override
    public long createFile(String path, int desiredAccess, int flags) {
        return nextHandle++;
    }

    @Override
    public long createEvent() {
        return nextHandle++;
    }

    @Override
    public long registerWait(long event, WaitListener listener) {
        return nextHandle++;
    }

    @Override
    public int unregisterWait(long wait) {
        return Win32Error.ERROR_SUCCESS;
    }

    @Override
    public int associate(long handle, long port, long key) {
        return Win32Error.ERROR_SUCCESS;
    }

    @Override
    public int setFileCompletionNotificationModes(long handle, int modes) {
        return Win32Error.ERROR_SUCCESS;
    }

    @Override
    public int closeHandle(long handle) {
        return Win32Error.ERROR_SUCCESS;
    }

    @Override
    public TokenInformation processTokenInformation() {
        return new TokenInformation("S-1-5-21-1-2-3-1001", Set.of(), 1, false, 0x2000, TokenInformation.PRIMARY);
    }

    @Override
    public long createSecurityDescriptor(String sddl) {
        return DESCRIPTOR;
    }

    @Override
    public void freeSecurityDescriptor(long address) {}
}
