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
import io.netty.buffer.ByteBufUtil;
import java.util.Arrays;
import java.util.Optional;

/** Which of a container's streams a frame belongs to. */
enum StreamKind {
    /** What was typed, where it is shown as output. */
    STDIN(0),
    STDOUT(1),
    STDERR(2),
    /** What the engine itself has to complain about. */
    SYSTEM(3);

    private final int code;

    StreamKind(int code) {
        this.code = code;
    }

    static Optional<StreamKind> of(int code) {
        return Arrays.stream(values()).filter(kind -> kind.code == code).findAny();
    }

    /** Appends a frame of text: its kind, its length, itself. */
    void writeFrame(ByteBuf buffer, String text) {
        buffer.writeByte(code).writeMedium(0).writeInt(ByteBufUtil.utf8Bytes(text));
        ByteBufUtil.writeUtf8(buffer, text);
    }
}
