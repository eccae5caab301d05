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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.EOFException;
import org.junit.jupiter.api.Test;

class IpcHandlersTest {

    @Test
    void clientDoesNotSendATextThatIsTooLong() {
        IpcClientHandler handler = new IpcClientHandler(1, "x".repeat(IpcTextCodec.MAX_BYTES + 1));
        EmbeddedChannel client = new EmbeddedChannel(new IpcTextCodec(), handler);

        assertThat(client.isOpen()).isFalse();
        assertThat(client.outboundMessages()).isEmpty();
        assertThatExceptionOfType(EOFException.class).isThrownBy(handler::checkComplete);
    }

    @Test
    void clientFailsOnAWrongReply() {
        IpcClientHandler handler = new IpcClientHandler(1, "hello");
        EmbeddedChannel client = new EmbeddedChannel(handler);

        client.writeInbound("hello");

        assertThat(client.isOpen()).isFalse();
        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(handler::checkComplete)
                .withMessage("the connection was closed after 0 of 1 replies");
    }
}
