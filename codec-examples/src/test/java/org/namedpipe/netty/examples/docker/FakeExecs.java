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

import com.google.gson.Gson;
import com.google.gson.annotations.SerializedName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The commands in the containers of the fake engine. */
final class FakeExecs {

    private final Map<String, FakeExec> execs = new ConcurrentHashMap<>();
    private final AtomicInteger created = new AtomicInteger();

    /** The body of a request for a command. */
    private static final class Creation {
        @SerializedName("Cmd")
        @Nullable
        List<String> command;
    }

    /** Creates a command from the body of a request, and returns its id. */
    String create(String body) {
        List<String> command = new Gson().fromJson(body, Creation.class).command;
        if (command == null || command.size() != 2) {
            throw new IllegalArgumentException("no command: " + body);
        }
        String id = String.format("%064x", created.incrementAndGet());
        execs.put(id, new FakeExec(id, command));
        return id;
    }

    Optional<FakeExec> find(String id) {
        return Optional.ofNullable(execs.get(id));
    }
}
