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
package org.namedpipe.netty.examples.ipc;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.namedpipe.netty.examples.Demo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ipc demo}: one client that says a few things, each logged, and one that says many. */
@Command(name = "demo", description = "Run a server and two clients as processes of their own.")
final class IpcDemo implements Callable<Integer> {

    @Mixin
    private Demo demo = new Demo();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return demo.run(
                "ipc",
                List.of("--clients=2"),
                List.of("hello", "", "gr\u00fc\u00dfe"),
                List.of("--quiet", "--repeat=20", "hello"));
    }
}
