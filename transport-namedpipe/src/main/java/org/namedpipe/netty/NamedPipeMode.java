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
 * The mode of a pipe: a stream of bytes, or messages, whose boundaries this end may see or ignore.
 *
 * @see NamedPipeChannelOption#PIPE_MODE
 */
public enum NamedPipeMode {
    /** A stream of bytes: {@code PIPE_TYPE_BYTE}. */
    BYTE(Win32Constants.PIPE_TYPE_BYTE, Win32Constants.PIPE_READMODE_BYTE),

    /**
     * One write is one message, and one message is one {@code channelRead}: {@code PIPE_TYPE_MESSAGE} and
     * {@code PIPE_READMODE_MESSAGE}. A message is one call of {@code WriteFile} and cannot be split: Windows copies all of it
     * into nonpaged memory until the peer has read it, and to another computer it takes 65,535 bytes at the most.
     */
    MESSAGE(Win32Constants.PIPE_TYPE_MESSAGE, Win32Constants.PIPE_READMODE_MESSAGE),

    /**
     * The pipe keeps the boundaries of messages for a peer that wants them, and this end reads a stream of bytes:
     * {@code PIPE_TYPE_MESSAGE} and {@code PIPE_READMODE_BYTE}. A client reads as with {@link #BYTE}. Its writes differ: each
     * message of the pipeline is one {@code WriteFile}, which is one message for the server of a message pipe, where
     * {@link #BYTE} may merge several into one.
     */
    MESSAGE_READ_AS_BYTES(Win32Constants.PIPE_TYPE_MESSAGE, Win32Constants.PIPE_READMODE_BYTE);

    private final int type;
    private final int readMode;

    NamedPipeMode(int type, int readMode) {
        this.type = type;
        this.readMode = readMode;
    }

    /** The {@code PIPE_TYPE} and {@code PIPE_READMODE} bits of {@code CreateNamedPipe}. */
    int pipeMode() {
        return type | readMode;
    }

    /** The {@code PIPE_READMODE} bits of {@code SetNamedPipeHandleState}. */
    int readMode() {
        return readMode;
    }

    /** Returns whether this end sees the boundaries of messages. */
    boolean readsMessages() {
        return readMode == Win32Constants.PIPE_READMODE_MESSAGE;
    }
}
