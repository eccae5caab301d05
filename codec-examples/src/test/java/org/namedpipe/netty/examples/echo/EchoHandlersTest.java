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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.EOFException;
import org.junit.jupiter.api.Test;

class EchoHandlersTest {

    @Test
    void serverDoesNotReadWhileItsClientDoesNot() {
        EmbeddedChannel server = new EmbeddedChannel(new EchoServerHandler());

        server.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        server.runPendingTasks();
        assertThat(server.config().isAutoRead()).isFalse();

        server.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
        server.runPendingTasks();
        assertThat(server.config().isAutoRead()).isTrue();
    }

    @Test
    void clientClosesAfterTheLastFrame() throws Exception {
        EchoClientHandler handler = new EchoClientHandler(20);
        EmbeddedChannel client = new EmbeddedChannel(handler);
        assertThat(client.outboundMessages()).hasSize(16);

        for (int i = 0; i < 20; i++) {
            assertThat(client.isOpen()).isTrue();
            ByteBuf frame = client.readOutbound();
            client.writeInbound(frame);
        }

        assertThat(client.isOpen()).isFalse();
        assertThat(client.outboundMessages()).isEmpty();
        handler.checkComplete();
    }

    @Test
    void clientFailsIfAByteDiffers() {
        EchoClientHandler handler = new EchoClientHandler(20);
        EmbeddedChannel client = new EmbeddedChannel(handler);
        ByteBuf first = client.readOutbound();

        client.writeInbound(Unpooled.wrappedBuffer(first, Unpooled.wrappedBuffer(new byte[1])));

        assertThat(client.isOpen()).isFalse();
        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(handler::checkComplete)
                .withMessage("the connection was closed after 0 of 20 frames");
    }
}
