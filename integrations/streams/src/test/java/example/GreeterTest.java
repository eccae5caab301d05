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

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.junit.jupiter.api.Test;

/** Runs the client over TCP. */
class GreeterTest {
    @Test
    void clientOverTcpIsGreeted() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            GreeterOverTcp client = GreeterOverTcp.connect(server.getLocalPort(), new Object());
            try (Socket accepted = server.accept()) {
                Object service = new GreeterServer(Runnable::run);
                Launcher.createLauncher(service, Greeter.class, accepted.getInputStream(), accepted.getOutputStream())
                        .startListening();
                String greeting =
                        client.launcher().getRemoteProxy().greet("socket").get(60, TimeUnit.SECONDS);
                assertEquals("hello, socket", greeting);
                client.socket().close();
            }
        }
    }
}
