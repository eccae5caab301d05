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
package org.namedpipe.netty.examples.echo;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.namedpipe.netty.examples.Demo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code echo demo}: a server and a client as two processes, over a name that nobody else uses. */
@Command(name = "demo", description = "Run a server and a client as two processes.")
final class EchoDemo implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private Demo demo = new Demo();

    @Mixin
    private Load load = new Load();

    @Override
    public Integer call() throws IOException, InterruptedException {
        load.check(spec.commandLine());
        return demo.run("echo", List.of("--once", "--max-frame=" + load.maxSize), load.arguments());
    }
}
