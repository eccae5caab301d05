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
package org.namedpipe.netty.explorer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.namedpipe.netty.testing.AbstractTestRegion;

/** A file region without a file, which never transfers more than a part of itself. */
final class BytesRegion extends AbstractTestRegion {
    private static final int MAX_TRANSFER = 700;

    private final byte[] bytes;
    private long transferred;

    BytesRegion(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public long transferred() {
        return transferred;
    }

    @Override
    public long count() {
        return bytes.length;
    }

    @Override
    public long transferTo(WritableByteChannel target, long position) throws IOException {
        int length = (int) Math.min(bytes.length - position, MAX_TRANSFER);
        int written = target.write(ByteBuffer.wrap(bytes, (int) position, length));
        transferred += written;
        return written;
    }
}
