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
package org.namedpipe.netty.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A region that emits the given bytes and claims to hold fewer or other ones, as a region that encodes its file does. */
public final class EmittingRegion extends AbstractTestRegion {
    private final byte[] emitted;
    private final int bytesPerCall;
    private final long count;
    private final boolean countsLate;
    private int at;

    /**
     * Emits {@code emitted}, {@code bytesPerCall} bytes for each call of {@code transferTo} at the most.
     *
     * @param count the count of the region; {@code transferred()} is the number of emitted bytes, but at most {@code count}
     */
    public EmittingRegion(byte[] emitted, int bytesPerCall, long count) {
        this(emitted, bytesPerCall, count, false);
    }

    private EmittingRegion(byte[] emitted, int bytesPerCall, long count, boolean countsLate) {
        this.emitted = emitted;
        this.bytesPerCall = bytesPerCall;
        this.count = count;
        this.countsLate = countsLate;
    }

    /** Returns a region that counts nothing, and returns 0, until it has emitted everything. */
    public static EmittingRegion countingLate(byte[] emitted, int bytesPerCall, long count) {
        return new EmittingRegion(emitted, bytesPerCall, count, true);
    }

    /** Returns a region that counts bytes but emits none. */
    public static EmittingRegion silent(long count) {
        return new EmittingRegion(new byte[0], 0, count);
    }

    @Override
    public long transferTo(WritableByteChannel target, long position) throws IOException {
        int length = Math.min(bytesPerCall, emitted.length - at);
        int written = target.write(ByteBuffer.wrap(emitted, at, length));
        at += written;
        if (emitted.length == 0) {
            return count;
        }
        return isCounted() ? written : 0;
    }

    @Override
    public long transferred() {
        return isCounted() ? Math.min(emitted.length == 0 ? count : at, count) : 0;
    }

    private boolean isCounted() {
        return !countsLate || at == emitted.length;
    }

    @Override
    public long count() {
        return count;
    }
}
