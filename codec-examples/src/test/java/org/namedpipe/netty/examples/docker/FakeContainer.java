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

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** The containers of the fake engine. */
enum FakeContainer {
    /** Its log has four lines, one of them of standard error. */
    GREETER(4) {
        @Override
        int stream(long line) {
            return line == 2 ? StreamPiece.STDERR : StreamPiece.STDOUT;
        }

        @Override
        String line(long line) {
            return line == 2 ? "an error" : "hello " + line;
        }
    },

    /** Writes numbers as fast as they are read. Every tenth number goes to standard error. */
    COUNTER(Long.MAX_VALUE) {
        @Override
        int stream(long line) {
            return line % 10 == 0 ? StreamPiece.STDERR : StreamPiece.STDOUT;
        }

        @Override
        String line(long line) {
            return "number " + line;
        }
    },

    /** Returns its input in capital letters, see {@link UpperCaseContainer}. Has no log. */
    UPPER_CASE(0) {
        @Override
        int stream(long line) {
            return StreamPiece.STDOUT;
        }

        @Override
        String line(long line) {
            return "";
        }
    };

    private final long lines;

    FakeContainer(long lines) {
        this.lines = lines;
    }

    static Optional<FakeContainer> find(String name) {
        return Arrays.stream(values())
                .filter(container -> container.containerName().equals(name))
                .findAny();
    }

    /** Returns the engine's list of containers. */
    static JsonArray list() {
        JsonArray list = new JsonArray();
        for (FakeContainer container : values()) {
            JsonArray names = new JsonArray();
            names.add("/" + container.containerName());
            JsonObject json = new JsonObject();
            json.addProperty("Id", container.id());
            json.add("Names", names);
            json.addProperty("Image", "fake:latest");
            json.addProperty("Status", "Up 5 minutes");
            list.add(json);
        }
        return list;
    }

    /** Writes a frame of one of the streams. */
    static void writeFrame(ByteBuf buffer, int stream, String text) {
        buffer.writeByte(stream).writeMedium(0).writeInt(ByteBufUtil.utf8Bytes(text));
        ByteBufUtil.writeUtf8(buffer, text);
    }

    String containerName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private String id() {
        return HexFormat.of()
                .formatHex(name().getBytes(StandardCharsets.US_ASCII))
                .repeat(8)
                .substring(0, 64);
    }

    /** Returns the number of lines of the log. */
    long lines() {
        return lines;
    }

    /** Returns the stream of a line of the log. The first line is 0. */
    abstract int stream(long line);

    /** Returns a line of the log. */
    abstract String line(long line);
}
