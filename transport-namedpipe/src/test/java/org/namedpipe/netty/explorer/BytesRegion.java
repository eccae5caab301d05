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

import io.netty.channel.FileRegion;
import io.netty.util.AbstractReferenceCounted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A file region without a file, which never transfers more than a part of itself. */
final class BytesRegion extends AbstractReferenceCounted implements FileRegion {
    private static final int MAX_TRANSFER = 700;

    private final byte[] bytes;
    private long transferred;

    BytesRegion(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public long position() {
        return 0;
    }

    @Override
    @Deprecated
    public long transfered() {
        return transferred;
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

    @Override
    protected void deallocate() {
        // Nothing to give back; that it was released is seen by its count.
    }

    @Override
    public FileRegion retain() {
        super.retain();
        return this;
    }

    @Override
    public FileRegion retain(int increment) {
        super.retain(increment);
        return this;
    }

    @Override
    public FileRegion touch() {
        return this;
    }

    @Override
    public FileRegion touch(Object hint) {
        return this;
    }
}
