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

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandle;
import org.jspecify.annotations.Nullable;

/** Says why an event loop cannot serve pipes. */
final class LoopCheck {
    private static final String ADVICE =
            "; named pipes need a group made by" + " new MultiThreadIoEventLoopGroup(IocpIoHandler.newFactory())";

    private LoopCheck() {}

    /** Returns what is wrong with an event loop for a handle of a type, or {@code null}. */
    static @Nullable String problem(EventLoop loop, Class<? extends IoHandle> handleType) {
        String type = "incompatible event loop type: " + loop.getClass().getName();
        if (!(loop instanceof IoEventLoop ioLoop)) {
            return type + " has no IoHandler" + ADVICE;
        }
        return ioLoop.isCompatible(handleType) ? null : type + " has the IoHandler of another transport" + ADVICE;
    }
}
