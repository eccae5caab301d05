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
package org.namedpipe.netty.examples.message;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeCall;
import org.namedpipe.netty.examples.Endpoint;
import org.namedpipe.netty.examples.EventLoops;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code message call}: one connection for each message, as {@code CallNamedPipe} does it. */
@Command(
        name = "call",
        description = "For each message connect, send it, wait for the answer, and hang up; all of it one call.")
final class MessageCall implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private Endpoint endpoint = new Endpoint();

    @Mixin
    private Exchange exchange = new Exchange();

    @Override
    public Integer call() throws IOException, InterruptedException {
        CommandLine command = spec.commandLine();
        exchange.check(command);
        NamedPipeAddress address = endpoint.pipeAddress(command);
        endpoint.endWithParent();

        try (EventLoops loops = new EventLoops(endpoint.transport(), 1)) {
            exchange.run(
                    command,
                    1,
                    message -> NamedPipeCall.call(loops.group(), address, message, exchange.timeoutMillis()));
        }
        return 0;
    }
}
