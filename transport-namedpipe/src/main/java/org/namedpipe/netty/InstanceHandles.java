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

import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Win32Error;

/**
 * Counts the handles of one server end. Windows keeps the instance, and with it the name, until the last of them is closed:
 * the channel's, a duplicate of it, or one that a drain has taken over. Any thread.
 */
final class InstanceHandles {
    private final Runnable ended;
    /** Handles that are open for certain. */
    private int open = 1;
    /** Handles for which {@code CloseHandle} has not returned yet. */
    private int unclosed = 1;

    /** Counts one open handle; runs {@code ended} on the thread that has closed the last one. */
    InstanceHandles(Runnable ended) {
        this.ended = ended;
    }

    /** Returns whether the instance exists for certain at this moment. */
    synchronized boolean isOpen() {
        return open > 0;
    }

    /** Duplicates one of the handles, which must be open. Returns the duplicate, or a negated error code. */
    long duplicate(Kernel kernel, long handle) {
        synchronized (this) {
            open++;
            unclosed++;
        }
        long duplicate = kernel.duplicateHandle(handle);
        if (Win32Error.isError(duplicate)) {
            closing();
            closed();
        }
        return duplicate;
    }

    /** Closes one of the handles. */
    void close(Kernel kernel, long handle) {
        closing();
        kernel.closeHandle(handle);
        closed();
    }

    /** Says that {@code CloseHandle} is about to be called for one of the handles. */
    synchronized void closing() {
        open--;
    }

    /** Says that {@code CloseHandle} has returned. */
    void closed() {
        boolean last;
        synchronized (this) {
            last = --unclosed == 0;
        }
        if (last) {
            ended.run();
        }
    }
}
