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
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.NamedPipeServerChannel;
import org.namedpipe.netty.testkit.Hold;
import org.namedpipe.netty.testkit.NamedPipeTestKit;
import org.namedpipe.netty.testkit.OperationKind;
import org.namedpipe.netty.testkit.SimulatedPeer;
import org.namedpipe.netty.win32.WindowsError;

/** Tests {@link LineCounter} on a simulated pipe. The page {@code docs/testkit.md} shows this class. */
class LineCounterTest {
    private final NamedPipeTestKit kit = new NamedPipeTestKit();
    private final NamedPipeAddress address = NamedPipeAddress.local("lines");
    private final LineCounter counter = new LineCounter();

    @AfterEach
    void nothingIsLeft() {
        kit.close();
    }

    @Test
    void aLineInTwoPacketsCountsOnce() {
        SimulatedPeer server = kit.listen(address);
        connect();
        try (Hold packets = kit.kernel().scheduler().hold(OperationKind.READ)) {
            server.write("one\ntw");
            kit.run();
            assertEquals(0, counter.lines());

            packets.releaseFirst();
            kit.run();
            assertEquals(1, counter.lines());
        }
        server.write("o\n");
        kit.run();
        assertEquals(2, counter.lines());
    }

    @Test
    void aFailedWriteClosesTheChannel() {
        kit.listen(address);
        Channel channel = connect();
        kit.kernel().faults().on("WriteFile").fail(WindowsError.ERROR_NO_SYSTEM_RESOURCES);

        ChannelFuture write = channel.writeAndFlush(Unpooled.copiedBuffer("hello", StandardCharsets.UTF_8));
        write.addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        kit.run();

        assertFalse(write.isSuccess());
        assertFalse(channel.isOpen());
    }

    @Test
    void aClientThatSendsNothingIsClosedAfterAMinute() {
        new ServerBootstrap()
                .group(kit.eventLoop())
                .channel(NamedPipeServerChannel.class)
                .childHandler(counter)
                .bind(address);
        kit.run();
        SimulatedPeer client = kit.open(address);
        kit.run();
        SimulatedPeer.Operation read = client.read(1);

        kit.advance(1, TimeUnit.MINUTES);

        read.hasCode(WindowsError.ERROR_BROKEN_PIPE);
    }

    private Channel connect() {
        Channel channel = new Bootstrap()
                .group(kit.eventLoop())
                .channel(NamedPipeChannel.class)
                .handler(counter)
                .connect(address)
                .channel();
        kit.run();
        return channel;
    }
}
