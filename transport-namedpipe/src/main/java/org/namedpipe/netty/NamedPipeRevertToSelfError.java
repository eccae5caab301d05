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

import org.namedpipe.netty.win32.WindowsException;

/**
 * Signals that {@code RevertToSelf} failed: a thread impersonated a client and cannot return to the identity of its process. The
 * thread ends with this error, so that it runs nothing else in the client's name. The process continues.
 */
public final class NamedPipeRevertToSelfError extends Error {
    private static final long serialVersionUID = 1L;

    NamedPipeRevertToSelfError(WindowsException cause) {
        super("a thread that acted for a client was taken out of service: " + cause.getMessage(), cause);
    }
}
