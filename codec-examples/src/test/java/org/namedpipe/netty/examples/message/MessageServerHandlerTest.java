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

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.TooLongFrameException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MessageServerHandlerTest {

    private final EmbeddedChannel channel = new EmbeddedChannel(new MessageServerHandler());

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void answersEachMessage() {
        channel.writeInbound(utf8("one"), utf8(""), utf8("gr\u00fc\u00dfe"));

        assertThat(answer()).isEqualTo("eno");
        assertThat(answer()).isEmpty();
        assertThat(answer()).isEqualTo("e\u00df\u00fcrg");
    }

    @Test
    void refusesATooLongMessageAndKeepsTheConnection() {
        channel.pipeline().fireExceptionCaught(new TooLongFrameException("too long"));

        assertThat(answer()).isEqualTo("refused: too long");
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void closesTheConnectionOnAnyOtherFailure() {
        channel.pipeline().fireExceptionCaught(new IllegalStateException("broken"));

        assertThat(channel.isOpen()).isFalse();
    }

    private static ByteBuf utf8(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    private String answer() {
        ByteBuf answer = channel.readOutbound();
        assertThat(answer).isNotNull();
        try {
            return answer.toString(StandardCharsets.UTF_8);
        } finally {
            answer.release();
        }
    }
}
