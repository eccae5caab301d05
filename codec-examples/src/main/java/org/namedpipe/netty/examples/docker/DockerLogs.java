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

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code docker logs}: an answer that may never end, in chunks. */
@Command(name = "logs", description = "Show what a container has written, and write.")
final class DockerLogs implements Callable<Integer> {

    @Mixin
    private EngineHost engine = new EngineHost();

    @Mixin
    private StreamOptions options = new StreamOptions();

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until the container ends.")
    private boolean follow;

    @Override
    public Integer call() throws InterruptedException {
        options.check(engine.command());
        engine.ask(
                EngineRequests.logs(options.container, follow),
                done -> List.of(new LogAnswer(options.maxFrame), new StreamPrinter(System.out, System.err, done)));
        return 0;
    }
}
