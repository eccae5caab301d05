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

import org.namedpipe.netty.internal.win32.Win32Constants;

/**
 * Which way bytes go through a pipe, as seen from the server, at either end.
 *
 * @see NamedPipeChannelOption#PIPE_ACCESS
 */
public enum NamedPipeAccess {
    /** Both ways. */
    DUPLEX(Win32Constants.PIPE_ACCESS_DUPLEX, Win32Constants.GENERIC_READ | Win32Constants.GENERIC_WRITE),

    /** From clients to the server only. */
    INBOUND(Win32Constants.PIPE_ACCESS_INBOUND, Win32Constants.GENERIC_WRITE),

    /** From the server to clients only. */
    OUTBOUND(Win32Constants.PIPE_ACCESS_OUTBOUND, Win32Constants.GENERIC_READ);

    private final int openMode;
    private final int desiredAccess;

    NamedPipeAccess(int openMode, int desiredAccess) {
        this.openMode = openMode;
        this.desiredAccess = desiredAccess;
    }

    /** The {@code PIPE_ACCESS} bits of {@code CreateNamedPipe}. */
    int openMode() {
        return openMode;
    }

    /** The {@code GENERIC_*} rights that a client asks {@code CreateFile} for. */
    int desiredAccess() {
        return desiredAccess;
    }

    boolean serverReads() {
        return this != OUTBOUND;
    }

    boolean serverWrites() {
        return this != INBOUND;
    }
}
