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

import io.netty.channel.ChannelException;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.NativeMemory;
import org.namedpipe.netty.internal.win32.OverlappedEntry;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.win32.WindowsException;

/**
 * A completion port and a cursor over the packets last dequeued from it. Packets that were not visited stay for the
 * next visit: an error on the way loses none.
 *
 * <p>Confined to the loop's thread.
 */
final class CompletionPort {
    private static final int BATCH = 128;
    /** Far from {@code INFINITE}, which a longer wait would become when narrowed to an {@code int}. */
    private static final long MAX_WAIT_MILLIS = TimeUnit.HOURS.toMillis(24);

    /** After so many failures in a row the port is given up, and its event loop with it. */
    static final int MAX_FAILURES = 7;

    private static final InternalLogger logger = InternalLoggerFactory.getInstance(CompletionPort.class);

    private final Kernel kernel;
    private final IocpMetrics metrics;
    private final long handle;
    private final NativeMemory entries = new NativeMemory(BATCH * OverlappedEntry.SIZE);
    private int failures;
    private int count;
    private int visited;

    CompletionPort(Kernel kernel, IocpMetrics metrics) {
        this.kernel = kernel;
        this.metrics = metrics;
        handle = kernel.createIoCompletionPort();
        if (Win32Error.isError(handle)) {
            throw new ChannelException(
                    new WindowsException("CreateIoCompletionPort", "new port", Win32Error.codeOf(handle)));
        }
    }

    long handle() {
        return handle;
    }

    void associate(long fileHandle, String pipe, boolean packetOnSuccess) throws WindowsException {
        check("CreateIoCompletionPort", pipe, kernel.associate(fileHandle, handle, 0));
        int modes = Win32Constants.FILE_SKIP_SET_EVENT_ON_HANDLE
                | (packetOnSuccess ? 0 : Win32Constants.FILE_SKIP_COMPLETION_PORT_ON_SUCCESS);
        check("SetFileCompletionNotificationModes", pipe, kernel.setFileCompletionNotificationModes(fileHandle, modes));
    }

    /**
     * Waits for packets, unless some are left to visit.
     *
     * @param due how many can be there, but for posted ones, which are left for the next time if there are more: a kernel that
     *     hands out packets one by one need not look for another that cannot be there
     * @return whether there may be more packets than were dequeued
     */
    boolean poll(int due, long timeoutNanos) {
        if (hasPackets()) {
            return true;
        }
        visited = 0;
        count = 0;
        metrics.polls.add(1);
        int most = Math.max(1, Math.min(due, BATCH));
        int dequeued = kernel.getQueuedCompletionStatusEx(handle, entries.address(), most, timeoutMillis(timeoutNanos));
        if (Win32Error.isError(dequeued)) {
            pollFailed(Win32Error.codeOf(dequeued));
            return false;
        }
        failures = 0;
        count = dequeued;
        metrics.packets.add(dequeued);
        return count == BATCH;
    }

    /** Waits a moment if Windows may only be short of memory; throws if the port is gone, or fails again and again. */
    private void pollFailed(int code) {
        WindowsException failure = new WindowsException("GetQueuedCompletionStatusEx", "port", code);
        boolean gone = code == Win32Error.ERROR_INVALID_HANDLE || code == Win32Error.ERROR_ABANDONED_WAIT_0;
        if (gone || ++failures >= MAX_FAILURES) {
            throw new ChannelException(failure);
        }
        logger.warn("An event loop cannot wait for packets and tries again: {}", failure.getMessage());
        RetriedPost.pause(failures);
    }

    /** Returns whether there is a packet that was not visited. */
    boolean hasPackets() {
        return visited < count;
    }

    /** Moves to the next packet, if there is one. */
    boolean next() {
        if (visited == count) {
            return false;
        }
        visited++;
        return true;
    }

    /** The key of the handle the packet is about, or that it was posted with. */
    long key() {
        return entries.buffer().getLong(field(OverlappedEntry.KEY));
    }

    /** The address of the packet's {@code OVERLAPPED}, 0 for a packet without one. */
    long overlapped() {
        return entries.buffer().getLong(field(OverlappedEntry.OVERLAPPED));
    }

    /** The packet's {@code NTSTATUS}. */
    int status() {
        return entries.buffer().getInt(field(OverlappedEntry.INTERNAL));
    }

    /** Returns the number of bytes that were moved. */
    int bytes() {
        return entries.buffer().getInt(field(OverlappedEntry.BYTES));
    }

    void close() {
        kernel.closeHandle(handle);
    }

    private int field(int field) {
        return (visited - 1) * OverlappedEntry.SIZE + field;
    }

    private static void check(String operation, String pipe, int code) throws WindowsException {
        if (code != Win32Error.ERROR_SUCCESS) {
            throw new WindowsException(operation, pipe, code);
        }
    }

    /** Rounds up: waking a fraction of a millisecond early would only spin until the deadline. */
    static int timeoutMillis(long nanos) {
        if (nanos <= 0) {
            return 0;
        }
        long millis = nanos / 1_000_000 + (nanos % 1_000_000 == 0 ? 0 : 1);
        return (int) Math.min(millis, MAX_WAIT_MILLIS);
    }
}
