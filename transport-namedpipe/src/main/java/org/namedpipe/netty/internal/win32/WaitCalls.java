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

/** The calls of Windows that a {@link WaitPool} makes. */
interface WaitCalls {
    /** Creates an auto-reset event that is not signalled. @return its handle, or a negated error code */
    long createEvent();

    /** Signals an event. @return an error code */
    int setEvent(long event);

    /** Closes an event. */
    void closeEvent(long event);

    /**
     * Waits until one of {@code count} events is signalled, whose handles are an array at an address.
     *
     * @param timeoutMillis how long, or {@link Win32Constants#INFINITE}
     * @return the index of the first that is signalled, or a negated error code, which is
     *     {@link Win32Error#WAIT_TIMEOUT} after the time
     */
    int waitForAny(int count, long handles, int timeoutMillis);
}
