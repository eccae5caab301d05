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

import com.sun.jna.Pointer;
import java.util.HashMap;
import java.util.Map;

/** Simulates events and waits. The test lets the idle time pass by {@link #passIdleTime()}, and can make waits fail. */
final class FakeWaitCalls implements WaitCalls {
    private final Map<Long, Boolean> signalledByEvent = new HashMap<>();
    private long lastEvent;
    private long idleTimes;
    private int failures;
    private int failureCode;

    @Override
    public synchronized long createEvent() {
        signalledByEvent.put(++lastEvent, false);
        return lastEvent;
    }

    @Override
    public synchronized int setEvent(long event) {
        boolean open = signalledByEvent.replace(event, true) != null;
        notifyAll();
        return open ? Win32Error.ERROR_SUCCESS : Win32Error.ERROR_INVALID_HANDLE;
    }

    @Override
    public synchronized void closeEvent(long event) {
        signalledByEvent.remove(event);
        notifyAll();
    }

    @Override
    public synchronized int waitForAny(int count, long handles, int timeoutMillis) {
        long idleTimesBefore = idleTimes;
        while (true) {
            if (failures > 0 && timeoutMillis != 0) {
                failures--;
                return -failureCode;
            }
            for (int i = 0; i < count; i++) {
                long event = new Pointer(handles + (long) i * Long.BYTES).getLong(0);
                Boolean signalled = signalledByEvent.get(event);
                if (signalled == null) {
                    return -Win32Error.ERROR_INVALID_HANDLE;
                }
                if (signalled) {
                    signalledByEvent.put(event, false);
                    return i;
                }
            }
            if (timeoutMillis == 0 || (timeoutMillis > 0 && idleTimes > idleTimesBefore)) {
                return -Win32Error.WAIT_TIMEOUT;
            }
            try {
                wait();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Ends the idle time of all threads that wait. */
    synchronized void passIdleTime() {
        idleTimes++;
        notifyAll();
    }

    /** Makes the next {@code times} waits fail. */
    synchronized void fail(int times, int code) {
        failures = times;
        failureCode = code;
        notifyAll();
    }

    /** Returns the number of open events. */
    synchronized int events() {
        return signalledByEvent.size();
    }
}
