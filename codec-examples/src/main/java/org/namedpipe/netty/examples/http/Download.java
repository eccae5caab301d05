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
package org.namedpipe.netty.examples.http;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** One response body on its way into a file, or into nothing. Confined to the event loop of its channel. */
final class Download {

    private final String path;
    private final @Nullable FileChannel file;
    private final CRC32 checksum = new CRC32();
    private long expected = -1;
    private long received;

    /**
     * Creates the file.
     *
     * @param directory where the file goes, named after the end of the path; or null for nowhere
     */
    Download(String path, @Nullable Path directory) throws IOException {
        this.path = path;
        String name = path.substring(path.lastIndexOf('/') + 1);
        file = directory == null
                ? null
                : FileChannel.open(
                        directory.resolve(name.isEmpty() ? "index" : name),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
    }

    String path() {
        return path;
    }

    /** Sets how many bytes there will be, or -1 if nobody knows. */
    void expect(long length) {
        expected = length;
    }

    void take(ByteBuf bytes) throws IOException {
        received += bytes.readableBytes();
        checksum.update(bytes.nioBuffer());
        while (file != null && bytes.isReadable()) {
            bytes.readBytes(file, bytes.readableBytes());
        }
    }

    void complete() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    /** Gives up; what has come stays in the file. */
    void abandon() {
        try {
            complete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        String of = expected < 0 ? "" : String.format(Locale.ROOT, " of %,d", expected);
        return String.format(Locale.ROOT, "%s: %,d%s bytes, CRC %08x", path, received, of, checksum.getValue());
    }
}
