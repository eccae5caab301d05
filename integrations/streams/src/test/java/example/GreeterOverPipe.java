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
package example;

import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.streams.NamedPipeStreams;

/** A client of LSP4J over a pipe, as it is in {@code docs/swap-guide.md}. */
record GreeterOverPipe(NamedPipeStreams streams, Launcher<Greeter> launcher) {
    static GreeterOverPipe connect(EventLoopGroup group, String name, Object client) throws IOException {
        NamedPipeStreams streams = NamedPipeStreams.connect(group, NamedPipeAddress.of(name));
        Launcher<Greeter> launcher =
                Launcher.createLauncher(client, Greeter.class, streams.inputStream(), streams.outputStream());
        launcher.startListening();
        return new GreeterOverPipe(streams, launcher);
    }
}
