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
package org.namedpipe.netty.examples.docker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.DefaultByteBufHolder;

/** A part of the output of a container. */
final class StreamPiece extends DefaultByteBufHolder {

    static final int STDOUT = 1;
    static final int STDERR = 2;
    /** Errors of the engine itself. */
    static final int SYSTEM_ERROR = 3;

    private final int stream;

    StreamPiece(int stream, ByteBuf bytes) {
        super(bytes);
        this.stream = stream;
    }

    boolean isError() {
        return stream == STDERR || stream == SYSTEM_ERROR;
    }

    @Override
    public StreamPiece replace(ByteBuf bytes) {
        return new StreamPiece(stream, bytes);
    }
}
