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

/** The mode and the directions of one end of an open pipe. */
record PipeEndMode(NamedPipeMode mode, NamedPipeAccess access, boolean server) {

    boolean mayRead() {
        return server ? access.serverReads() : access.serverWrites();
    }

    boolean mayWrite() {
        return server ? access.serverWrites() : access.serverReads();
    }

    /** Returns whether each read ends with a message. */
    boolean readsMessages() {
        return mode.readsMessages();
    }

    /** Returns whether a client that has opened the pipe has to set its read mode, which is that of bytes at first. */
    boolean needsReadMode() {
        return readsMessages() && mayRead();
    }

    /** The rights that a client asks {@code CreateFile} for. */
    int desiredAccess() {
        // GENERIC_WRITE includes the right to write attributes, which setting the read mode takes. A client that only
        // reads
        // asks for it only if it needs it: the default descriptor of pipes grants everyone GENERIC_READ and no more.
        return access.desiredAccess() | (needsReadMode() ? Win32Constants.FILE_WRITE_ATTRIBUTES : 0);
    }

    /** Returns whether each write is a message, so that none may be merged with another or split. */
    boolean writesMessages() {
        return mode != NamedPipeMode.BYTE;
    }
}
