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
package org.namedpipe.netty.examples.npcat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.namedpipe.netty.examples.ChildProcess;
import org.namedpipe.netty.examples.Transport;

class NpcatIT extends NpcatBehaviour {

    NpcatIT() {
        super(Transport.PIPE);
    }

    @Test
    void aLineIsAMessageAndAMessageIsALine() throws Exception {
        try (ChildProcess listener = npcat("listen", transport.freshName(), "--once", "--message");
                ChildProcess client = npcat("connect", nameOf(listener), "--message", "--quit")) {
            type(listener, "welcome\n\nagain\n");
            client.awaitLine("welcome", deadline());
            assertThat(client.awaitLine("", deadline())).isEmpty();
            client.awaitLine("again", deadline());

            type(client, "x".repeat(1024 * 1024 + 1) + "\nshort\n");
            listener.awaitLine("npcat: message exceeds MAX_MESSAGE_SIZE of 1048576 bytes", deadline());
            listener.awaitLine("short", deadline());
            client.input().close();
            client.awaitSuccess(deadline());
            listener.awaitSuccess(deadline());
        }
    }

    @Test
    void whereEmptyMessagesAreTheEndNoneIsSent() throws Exception {
        try (ChildProcess listener = npcat("listen", transport.freshName(), "--once", "--half-close");
                ChildProcess client = npcat("connect", nameOf(listener), "--message", "--half-close")) {
            type(client, "one\n\n");

            listener.awaitLine("one", deadline());
            client.awaitLine(
                    "npcat: standard input: java.lang.IllegalArgumentException: with --half-close", deadline());
            client.awaitSuccess(deadline());
            listener.awaitSuccess(deadline());
        }
    }

    @Test
    void messagesAreOfNoUseToWhoHasNone() throws Exception {
        try (ChildProcess listener = npcat("listen", transport.freshName(), "--once");
                ChildProcess client = npcat("connect", nameOf(listener), "--message")) {
            client.awaitLine("examples npcat connect: ", deadline());
            assertThat(client.exitCode(deadline())).isEqualTo(1);
            listener.awaitSuccess(deadline());
        }
    }
}
