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
package org.namedpipe.netty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.NamedPipeChannelOption;
import org.namedpipe.netty.NamedPipeMode;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.PipePair;
import org.namedpipe.netty.testkit.SimulatedKernel;

/** The empty buffer that Netty's HTTP encoder writes at the end of a request without content. */
class HttpInMessageModeTest {
    private final SimulatedKernel kernel = new SimulatedKernel();

    private PipePair connect(NamedPipeMode client, boolean halfClosure) throws Exception {
        return new PipePair(
                kernel,
                s -> s.option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE)
                        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, halfClosure),
                c -> c.option(NamedPipeChannelOption.PIPE_MODE, client));
    }

    private static void sendRequest(PipePair pipe) throws Exception {
        Channel client = pipe.client.channel();
        if (client.pipeline().get(HttpRequestEncoder.class) == null) {
            client.pipeline().addFirst(new HttpRequestEncoder());
        }
        client.write(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/version"));
        Await.get(client.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT));
        assertThat(new String(pipe.server.read(), StandardCharsets.US_ASCII)).startsWith("GET /version");
    }

    @Test
    void itIsAnEmptyMessage() throws Exception {
        try (PipePair pipe = connect(NamedPipeMode.MESSAGE, false)) {
            sendRequest(pipe);
            assertThat(pipe.server.read()).isEmpty();
        }
        kernel.assertAllGone();
    }

    @Test
    void itEndsTheInputOfAPeerThatAllowsHalfClosure() throws Exception {
        try (PipePair pipe = connect(NamedPipeMode.MESSAGE, true)) {
            sendRequest(pipe);
            assertThat(Await.next(pipe.server.events)).isSameAs(ChannelInputShutdownEvent.INSTANCE);
        }
        kernel.assertAllGone();
    }

    @Test
    void byteModeAtTheSenderDropsIt() throws Exception {
        try (PipePair pipe = connect(NamedPipeMode.BYTE, true)) {
            sendRequest(pipe);
            sendRequest(pipe);
        }
        kernel.assertAllGone();
    }
}
