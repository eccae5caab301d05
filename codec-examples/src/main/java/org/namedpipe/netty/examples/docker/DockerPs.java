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

import static org.namedpipe.netty.examples.docker.JsonAnswer.text;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code docker ps}: one request, one answer in JSON. */
@Command(name = "ps", description = "List containers.")
final class DockerPs implements Callable<Integer> {

    private static final String COLUMNS = "%-12s  %-20s  %-20s  %s%n";

    @Mixin
    private EngineHost engine = new EngineHost();

    @Option(
            names = {"-a", "--all"},
            description = "Also those that have ended.")
    private boolean all;

    @Override
    public Integer call() throws InterruptedException {
        engine.ask(EngineRequests.containers(all), done -> JsonAnswer.handlers(this::print, done));
        return 0;
    }

    private void print(JsonElement answer) {
        PrintWriter out = engine.command().getOut();
        out.printf(Locale.ROOT, COLUMNS, "CONTAINER ID", "IMAGE", "STATUS", "NAMES");
        for (JsonElement element : answer.getAsJsonArray()) {
            JsonObject container = element.getAsJsonObject();
            String id = text(container, "Id");
            String names = StreamSupport.stream(
                            container.getAsJsonArray("Names").spliterator(), false)
                    .map(name -> name.getAsString().replaceFirst("^/", ""))
                    .collect(Collectors.joining(","));
            out.printf(
                    Locale.ROOT,
                    COLUMNS,
                    id.substring(0, Math.min(12, id.length())),
                    text(container, "Image"),
                    text(container, "Status"),
                    names);
        }
        out.flush();
    }
}
