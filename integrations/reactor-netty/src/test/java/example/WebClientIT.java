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

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.reactor.NamedPipeLoopResources;
import reactor.netty.DisposableServer;

/** Runs the client over a pipe. */
class WebClientIT {
    @Test
    void clientOverAPipeIsAnswered() {
        String name = "web-client-" + UUID.randomUUID();
        NamedPipeLoopResources pipes = NamedPipeLoopResources.create("pipes");
        DisposableServer server =
                pipes.server(WebClientTest.server(), NamedPipeAddress.of(name)).bindNow();
        assertEquals("hello", WebClientTest.get(WebClientOverPipe.client(pipes, name)));
        server.disposeNow();
        pipes.disposeLater().block();
    }
}
