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
package org.namedpipe.netty.streams;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

final class PipeOutputStream extends OutputStream {
    private final NamedPipeStreams streams;
    private final StreamWriter writer;

    PipeOutputStream(NamedPipeStreams streams, StreamWriter writer) {
        this.streams = streams;
        this.writer = writer;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        writer.write(ByteBuffer.wrap(source, offset, length));
    }

    @Override
    public void close() throws IOException {
        streams.close();
    }
}
