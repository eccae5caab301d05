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

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A {@code ConnectNamedPipe}. Its handle belongs to no port, so an event signals its end. */
final class IocpConnectOps extends IocpIoOps {
    /** Set while this is under way. */
    private @Nullable EventWait wait;

    IocpConnectOps(IocpCompletionHandler completionHandler) {
        super(Kind.CONNECT, completionHandler);
    }

    void waitBy(EventWait eventWait) {
        wait = eventWait;
    }

    EventWait eventWait() {
        return Objects.requireNonNull(wait);
    }

    EventWait takeEventWait() {
        EventWait taken = eventWait();
        wait = null;
        return taken;
    }
}
