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
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** The containers of an engine that has none. */
enum StandIn {
    /** Has said hello, and complained once. */
    GREETER(4, 4) {
        @Override
        StreamKind stream(long line) {
            return line == 2 ? StreamKind.STDERR : StreamKind.STDOUT;
        }

        @Override
        String line(long line) {
            return line == 2 ? "nobody answers" : "hello " + line;
        }
    },

    /** Counts as fast as it is read; every tenth number is an error. */
    COUNTER(1000, Long.MAX_VALUE) {
        @Override
        StreamKind stream(long line) {
            return line % 10 == 0 ? StreamKind.STDERR : StreamKind.STDOUT;
        }

        @Override
        String line(long line) {
            return "number " + line;
        }
    },

    /** Says what it is told in capital letters, and how much it was when it has been told all. */
    SHOUTER(0, 0) {
        @Override
        StreamKind stream(long line) {
            return StreamKind.STDOUT;
        }

        @Override
        String line(long line) {
            return "";
        }
    };

    private final long lines;
    private final long followedLines;

    StandIn(long lines, long followedLines) {
        this.lines = lines;
        this.followedLines = followedLines;
    }

    static Optional<StandIn> find(String nameOrId) {
        return Arrays.stream(values())
                .filter(container -> container.containerName().equals(nameOrId)
                        || (nameOrId.length() >= 12 && container.id().startsWith(nameOrId)))
                .findAny();
    }

    static JsonArray list() {
        JsonArray list = new JsonArray();
        for (StandIn container : values()) {
            JsonArray names = new JsonArray();
            names.add("/" + container.containerName());
            JsonObject json = new JsonObject();
            json.addProperty("Id", container.id());
            json.add("Names", names);
            json.addProperty("Image", "stand-in:latest");
            json.addProperty("Status", "Up 5 minutes");
            list.add(json);
        }
        return list;
    }

    /** Appends the frame of a line of the log. */
    void writeLine(ByteBuf buffer, long line) {
        stream(line).writeFrame(buffer, line(line) + "\n");
    }

    String containerName() {
        return name().toLowerCase(Locale.ROOT);
    }

    private String id() {
        return HexFormat.of()
                .formatHex(name().getBytes(StandardCharsets.US_ASCII))
                .repeat(8)
                .substring(0, 64);
    }

    /** How many lines its log has. */
    long lines(boolean followed) {
        return followed ? followedLines : lines;
    }

    /** Which stream a line of the log was written to; the first line is 0. */
    abstract StreamKind stream(long line);

    abstract String line(long line);
}
