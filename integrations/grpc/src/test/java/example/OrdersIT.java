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

import org.junit.jupiter.api.Test;
import org.namedpipe.netty.testing.TestProcess;

/** Runs the two programs of {@code docs/integrations.md}, with which {@link IntegrationsPageTest} compares them. */
class OrdersIT {
    @Test
    void clientIsAnswered() throws Exception {
        TestProcess server = TestProcess.start(OrdersServer.class);
        try (TestProcess client = startWhenListening(server)) {
            assertEquals("the server is SERVING", client.nextLine());
        } finally {
            ProcessHandle.of(server.pid()).ifPresent(ProcessHandle::destroyForcibly);
            server.close();
        }
    }

    private static TestProcess startWhenListening(TestProcess server) throws Exception {
        assertEquals("listening on [\\\\.\\pipe\\orders]", server.nextLine());
        return TestProcess.start(OrdersClient.class);
    }
}
