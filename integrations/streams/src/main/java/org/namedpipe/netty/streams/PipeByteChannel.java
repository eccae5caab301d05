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
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

final class PipeByteChannel implements ByteChannel {
    private final NamedPipeStreams streams;
    private final StreamReader reader;
    private final StreamWriter writer;

    PipeByteChannel(NamedPipeStreams streams, StreamReader reader, StreamWriter writer) {
        this.streams = streams;
        this.reader = reader;
        this.writer = writer;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return reader.read(target);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int length = source.remaining();
        writer.write(source);
        return length;
    }

    @Override
    public boolean isOpen() {
        return streams.channel().isOpen();
    }

    @Override
    public void close() throws IOException {
        streams.close();
    }
}
