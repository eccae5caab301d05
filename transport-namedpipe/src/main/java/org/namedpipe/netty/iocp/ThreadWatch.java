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

import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.WaitListener;
import org.namedpipe.netty.internal.win32.Win32Error;

/**
 * Has a thread wait for the event and post the packet. It waits for all signals, from the first {@link #begin()} on.
 *
 * <p>The wait can fail while it goes on, if no thread can wait for the event any more. A packet with the key
 * {@link EventWait#FAILED_KEY} reports that, and {@link #begin()} begins another wait.
 */
final class ThreadWatch implements EventWatch, WaitListener {
    private final Kernel kernel;
    private final long port;
    private final long event;
    private long wait;
    private volatile boolean failed = true;
    private volatile long overlapped;

    ThreadWatch(Kernel kernel, long port, long event) {
        this.kernel = kernel;
        this.port = port;
        this.event = event;
    }

    @Override
    public void arm(long overlapped) {
        this.overlapped = overlapped;
    }

    @Override
    public int begin() {
        if (!failed) {
            return Win32Error.ERROR_SUCCESS;
        }
        // Before the wait, which may fail at once.
        failed = false;
        long registered = kernel.registerWait(event, this);
        if (Win32Error.isError(registered)) {
            failed = true;
            return Win32Error.codeOf(registered);
        }
        wait = registered;
        return Win32Error.ERROR_SUCCESS;
    }

    @Override
    public boolean isFailed() {
        return failed;
    }

    @Override
    public void close() {
        kernel.unregisterWait(wait);
    }

    /** On a thread that waits. */
    @Override
    public void signalled() {
        EventWait.post(kernel, port, EventWait.KEY, overlapped);
    }

    /** On a thread that waits. */
    @Override
    public void failed(int code) {
        failed = true;
        EventWait.post(kernel, port, EventWait.FAILED_KEY, overlapped);
    }
}
