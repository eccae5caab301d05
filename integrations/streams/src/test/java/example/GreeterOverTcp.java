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

import java.io.IOException;
import java.net.Socket;
import org.eclipse.lsp4j.jsonrpc.Launcher;

/** A client of LSP4J over TCP, as it is in {@code docs/swap-guide.md}. */
record GreeterOverTcp(Socket socket, Launcher<Greeter> launcher) {
    @SuppressWarnings("AddressSelection") // the guide shows addresses in the usual form
    static GreeterOverTcp connect(int port, Object client) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        Launcher<Greeter> launcher =
                Launcher.createLauncher(client, Greeter.class, socket.getInputStream(), socket.getOutputStream());
        launcher.startListening();
        return new GreeterOverTcp(socket, launcher);
    }
}
