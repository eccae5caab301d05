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

import io.netty.util.internal.ObjectUtil;

/** Configures {@link IocpIoHandler}s. Changes have no effect on a factory that was created with it. */
public final class IocpIoHandlerConfig {
    /** The longest time to spin, in microseconds. */
    static final int MAX_SPIN_MICROS = 1_000_000;

    private int spinMicros;

    /** Creates a configuration with the defaults. */
    public IocpIoHandlerConfig() {}

    /** Returns for how many microseconds an event loop spins before it waits; 0 by default. */
    public int getSpinMicros() {
        return spinMicros;
    }

    /**
     * Sets for how long an event loop that has nothing to do asks for packets again and again
     * ({@code GetQueuedCompletionStatusEx} with a time-out of 0) before it waits for them. A thread that spins is not put to
     * sleep and woken again, which is most of the latency of a pipe where there are idle processors. It uses its processor
     * meanwhile. The spin ends early if there is a packet, a task, a timer that is due, or a shutdown.
     *
     * @param micros microseconds, 0 to 1,000,000; 0 to wait at once
     * @return this configuration
     * @throws IllegalArgumentException if {@code micros} is out of range
     */
    public IocpIoHandlerConfig setSpinMicros(int micros) {
        spinMicros = ObjectUtil.checkInRange(micros, 0, MAX_SPIN_MICROS, "spinMicros");
        return this;
    }
}
