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

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.io.EOFException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class FramePipelineTest {

    private final StringWriter errors = new StringWriter();
    private final Promise<Void> done = ImmediateEventExecutor.INSTANCE.newPromise();
    private final Load load = new Load();

    @Test
    void serverSendsFramesBackHoweverTheyArrive() {
        EmbeddedChannel server = server(10);
        byte[] wire = {0, 0, 0, 3, 1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 1, 9};

        for (byte b : wire) {
            server.writeInbound(Unpooled.wrappedBuffer(new byte[] {b}));
        }

        assertThat(outbound(server)).isEqualTo(wire);
        assertThat(server.finish()).isFalse();
    }

    @Test
    void serverHangsUpOnAFrameThatIsTooLong() {
        EmbeddedChannel server = server(10);

        server.writeInbound(Unpooled.wrappedBuffer(new byte[] {0, 0, 0, 11}));

        assertThat(server.isOpen()).isFalse();
        assertThat(errors).asString().contains("connection closed: ").contains("TooLongFrameException");
        assertThat(outbound(server)).isEmpty();
    }

    @Test
    void serverHangsUpOnWhatIsNoFrame() {
        EmbeddedChannel server = server(10);

        server.writeInbound(Unpooled.wrappedBuffer(new byte[] {-1, -1, -1, -1}));

        assertThat(server.isOpen()).isFalse();
        assertThat(errors).asString().contains("connection closed: ").contains("4294967299");
    }

    @Test
    void serverSaysThatAFrameWasCut() {
        EmbeddedChannel server = server(10);

        server.writeInbound(Unpooled.wrappedBuffer(new byte[] {0, 0, 0, 5, 'h', 'e'}));
        server.finishAndReleaseAll();

        assertThat(errors).asString().contains("the stream ended within a frame, of which 6 bytes had come");
    }

    @Test
    void serverTakesNoMoreFromAClientThatDoesNotRead() {
        EmbeddedChannel server = server(10);

        server.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        server.runPendingTasks();
        assertThat(server.config().isAutoRead()).isFalse();

        server.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
        server.runPendingTasks();
        assertThat(server.config().isAutoRead()).isTrue();
        assertThat(server.finish()).isFalse();
    }

    @Test
    void clientKeepsTheDepthAndEndsWithTheLastFrame() {
        load.count = 5;
        load.depth = 2;
        load.minSize = load.maxSize = 6;
        EmbeddedChannel client = client();
        ByteBuf pending = Unpooled.buffer();

        for (int echoed = 0; echoed < load.count; echoed++) {
            assertThat(done.isDone()).isFalse();
            byte[] wire = outbound(client);
            assertThat(wire).hasSize(10 * (echoed == 0 ? 2 : echoed < 4 ? 1 : 0));
            for (int start = 0; start < wire.length; start += 10) {
                pending.writeBytes(wire, start, 10);
            }
            client.writeInbound(pending.readRetainedSlice(10));
        }

        assertThat(done.isSuccess()).isTrue();
        assertThat(client.finish()).isFalse();
    }

    @Test
    void clientNoticesAnEchoThatIsNotOne() {
        load.minSize = load.maxSize = 6;
        EmbeddedChannel client = client();
        byte[] wire = outbound(client);
        wire[9] ^= 1;

        client.writeInbound(Unpooled.wrappedBuffer(wire, 0, 10));

        assertThat(done.cause())
                .isInstanceOf(CorruptedFrameException.class)
                .hasMessage("frame 0 came back with another byte at offset 5");
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void clientNoticesThatTheServerHangsUp() {
        EmbeddedChannel client = client();

        client.finishAndReleaseAll();

        assertThat(done.cause())
                .isInstanceOf(EOFException.class)
                .hasMessage("the server hung up after 0 of 10000 frames");
    }

    private EmbeddedChannel server(int maxFrame) {
        return new EmbeddedChannel(
                new FramePipeline(maxFrame, () -> new EchoServerHandler(new PrintWriter(errors, true))));
    }

    private EmbeddedChannel client() {
        return new EmbeddedChannel(
                new FramePipeline(load.maxSize, () -> new EchoClientHandler(load, new Report(), done)));
    }

    private static byte[] outbound(EmbeddedChannel channel) {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            all.writeBytes(part);
            part.release();
        }
        return ByteBufUtil.getBytes(all);
    }
}
