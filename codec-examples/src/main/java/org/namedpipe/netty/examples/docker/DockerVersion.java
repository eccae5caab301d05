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

import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code docker version}: one request, one answer in JSON. */
@Command(name = "version", description = "Show the version of the engine.")
final class DockerVersion implements Callable<Integer> {

    @Mixin
    private EngineHost engine = new EngineHost();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = engine.command().getOut();
        engine.ask(
                EngineRequests.version(),
                done -> JsonAnswer.handlers(
                        answer -> {
                            JsonObject version = answer.getAsJsonObject();
                            out.println("engine " + text(version, "Version") + ", API " + text(version, "ApiVersion")
                                    + ", " + text(version, "Os") + "/" + text(version, "Arch"));
                        },
                        done));
        return 0;
    }
}
