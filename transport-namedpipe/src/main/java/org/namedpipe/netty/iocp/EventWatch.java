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

/**
 * Has a packet queued to a port when an event is signalled. One operation after the other uses the event.
 *
 * <p>The packet has the key {@link EventWait#KEY} and the {@code OVERLAPPED} of the operation.
 */
interface EventWatch {
    /** Sets the {@code OVERLAPPED} of the packet, before the call of the operation; 0 for no packet. */
    void arm(long overlapped);

    /**
     * Watches for a signal, at the latest from now on. If it does so already, the packet of a signal before this call may be
     * removed.
     *
     * @return a Win32 error code
     */
    int begin();

    /** Returns whether a signal has no effect, because the watch has failed. */
    boolean isFailed();

    /**
     * Ends the watch, and leaves the event open. Afterwards no packet is queued, except one that Windows was about to queue and
     * does not remove.
     */
    void close();
}
