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

/** Receives the signals of an event. Its methods run on a thread of the kernel; they neither block nor throw. */
@FunctionalInterface
public interface WaitListener {
    /** Runs once each time the event becomes signalled. */
    void signalled();

    /**
     * Runs at most once: the wait has ended, because no thread can wait for the event any more. {@link #signalled()} does
     * not run again. A signal that comes later stays in the event.
     *
     * @param code a Win32 error code
     */
    default void failed(int code) {}
}
