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

import io.netty.channel.IoEvent;
import org.jspecify.annotations.Nullable;

/** {@link IoEvent} of an operation of an {@link IocpIoHandle} that has completed. Valid only during the call. */
public final class IocpIoEvent implements IoEvent {
    private @Nullable IocpIoOps ops;

    IocpIoEvent() {}

    /** The operation that ended; it holds the outcome and may be submitted again. */
    public IocpIoOps ops() {
        IocpIoOps ended = ops;
        if (ended == null) {
            throw new IllegalStateException("an event is valid only while it is handled");
        }
        return ended;
    }

    IocpIoEvent with(IocpIoOps ended) {
        ops = ended;
        return this;
    }
}
