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
package org.namedpipe.netty.internal.win32;

import static org.namedpipe.netty.internal.win32.Win32.KERNEL32;
import static org.namedpipe.netty.internal.win32.Win32.lastError;

/** The calls of the waits of this process. */
final class WindowsWaits implements WaitCalls {
    private static final WaitPool POOL = new WaitPool(new WindowsWaits(), WaitPool::newThread);

    private WindowsWaits() {}

    /** The waits of this process. */
    static WaitPool pool() {
        return POOL;
    }

    @Override
    public long createEvent() {
        long event = KERNEL32.CreateEventW(0, 0, 0, 0);
        return event != 0 ? event : -lastError();
    }

    @Override
    public int setEvent(long event) {
        return KERNEL32.SetEvent(event) != 0 ? Win32Error.ERROR_SUCCESS : lastError();
    }

    @Override
    public void closeEvent(long event) {
        KERNEL32.CloseHandle(event);
    }

    @Override
    public int waitForAny(int count, long handles, int timeoutMillis) {
        int outcome = KERNEL32.WaitForMultipleObjects(count, handles, 0, timeoutMillis);
        if (outcome == Win32Error.WAIT_TIMEOUT) {
            return -Win32Error.WAIT_TIMEOUT;
        }
        return outcome >= 0 && outcome < count ? outcome : -lastError();
    }
}
