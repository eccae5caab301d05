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
package org.namedpipe.npcat;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.OutputStream;

/** Standard output: the received bytes, or a dump of both directions. Thread-safe. */
final class Output {

    private final OutputStream out;
    private final Settings settings;

    Output(OutputStream out, Settings settings) {
        this.out = out;
        this.settings = settings;
    }

    /** Prints received bytes. Blocks while the output takes none. */
    synchronized void received(HexDump dump, ByteBuf bytes) throws IOException {
        if (settings.hex()) {
            out.write(dump.rows(bytes));
        } else {
            bytes.getBytes(bytes.readerIndex(), out, bytes.readableBytes());
            if (settings.messages()) {
                out.write('\n');
            }
        }
        out.flush();
    }

    /** Prints bytes that are about to be sent, if the output is a dump. */
    synchronized void sent(HexDump dump, ByteBuf bytes) throws IOException {
        if (settings.hex()) {
            out.write(dump.rows(bytes));
            out.flush();
        }
    }
}
