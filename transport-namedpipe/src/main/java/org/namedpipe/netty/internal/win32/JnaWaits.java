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

/** The calls of the waits of this process. */
final class JnaWaits implements WaitCalls {
    private static final WaitPool POOL = new WaitPool(new JnaWaits(), WaitPool::newThread);

    private JnaWaits() {}

    /** The waits of this process. */
    static WaitPool pool() {
        return POOL;
    }

    @Override
    public long createEvent() {
        long event = Kernel32Calls.CreateEventW(0, 0, 0, 0);
        return event != 0 ? event : -JnaKernel.lastError();
    }

    @Override
    public int setEvent(long event) {
        return Kernel32Calls.SetEvent(event) != 0 ? Win32Error.ERROR_SUCCESS : JnaKernel.lastError();
    }

    @Override
    public void closeEvent(long event) {
        Kernel32Calls.CloseHandle(event);
    }

    @Override
    public int waitForAny(int count, long handles, int timeoutMillis) {
        int outcome = Kernel32Calls.WaitForMultipleObjects(count, handles, 0, timeoutMillis);
        if (outcome == Win32Error.WAIT_TIMEOUT) {
            return -Win32Error.WAIT_TIMEOUT;
        }
        return outcome >= 0 && outcome < count ? outcome : -JnaKernel.lastError();
    }
}
