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
package org.namedpipe.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.testkit.Hold;
import org.namedpipe.netty.testkit.OperationKind;
import org.namedpipe.netty.testkit.SimulatedPeer;

/** Auto-read that is switched while a read is outstanding: no byte is lost, and none is delivered too early. */
class AutoReadTest extends OneThread {
    private final SimulatedPeer peer = listen();
    private final Recorder recorder = new Recorder();

    @Test
    void nothingIsReadBeforeTheFirstReadRequest() {
        Channel client = connectWithoutReading(recorder);
        peer.write("early").succeeds();
        settle();
        assertThat(kernel.calls("ReadFile")).isZero();
        client.read();
        settle();
        assertThat(recorder.take()).containsExactly("registered", "active", "read early", "readComplete");
        assertThat(kernel.calls("ReadFile")).as("without reading ahead").isEqualTo(1);
    }

    @Test
    void bytesOfAPendingReadAreKeptWhileAutoReadIsOff() {
        Channel client = connectAndTake(recorder);
        client.config().setAutoRead(false);
        peer.write("parked").succeeds();
        settle();
        assertThat(recorder.take()).isEmpty();
        client.config().setAutoRead(true);
        settle();
        assertThat(recorder.take()).containsExactly("read parked", "readComplete");
    }

    @Test
    void bytesAreKeptIfAutoReadIsSwitchedOffBeforeTheirPacketArrives() {
        Channel client = connectAndTake(recorder);
        try (Hold hold = kernel.scheduler().hold(OperationKind.READ)) {
            peer.write("late").succeeds();
            client.config().setAutoRead(false);
            settle();
            hold.releaseFirst();
            settle();
            assertThat(recorder.take()).isEmpty();
        }
        client.read();
        settle();
        assertThat(recorder.take()).containsExactly("read late", "readComplete");
    }

    @Test
    void aReadRequestBeforeThePacketGetsItsBytes() {
        Channel client = connectAndTake(recorder);
        try (Hold hold = kernel.scheduler().hold(OperationKind.READ)) {
            peer.write("late").succeeds();
            client.config().setAutoRead(false);
            client.read();
            settle();
            assertThat(recorder.take()).isEmpty();
            hold.releaseFirst();
            settle();
            assertThat(recorder.take()).containsExactly("read late", "readComplete");
        }
        peer.write("not requested").succeeds();
        settle();
        assertThat(recorder.take()).isEmpty();
    }

    @Test
    void aReadRequestInChannelReadCompleteWorksAfterAutoReadWasSwitchedOffInChannelRead() {
        Recorder stepwise = new Recorder() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                super.channelRead(ctx, message);
                ctx.channel().config().setAutoRead(false);
            }

            @Override
            public void channelReadComplete(ChannelHandlerContext ctx) {
                super.channelReadComplete(ctx);
                ctx.read();
            }
        };
        connectAndTake(stepwise);
        for (String text : new String[] {"a", "b", "c"}) {
            peer.write(text).succeeds();
            settle();
            assertThat(stepwise.take()).containsExactly("read " + text, "readComplete");
        }
    }

    @Test
    void switchingAutoReadOffInChannelReadEndsTheReadLoop() {
        Recorder once = new Recorder() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                super.channelRead(ctx, message);
                ctx.channel().config().setAutoRead(false);
            }
        };
        Channel client = connected(client(once)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(1).maxMessagesPerRead(16)));
        once.take();
        peer.write("ab").succeeds();
        settle();
        assertThat(once.take()).containsExactly("read a", "readComplete");
        client.read();
        settle();
        assertThat(once.take()).containsExactly("read b", "readComplete");
    }

    @Test
    void switchingAutoReadOffInChannelReadCompletePreventsTheNextReadLoop() {
        Recorder once = new Recorder() {
            @Override
            public void channelReadComplete(ChannelHandlerContext ctx) {
                super.channelReadComplete(ctx);
                ctx.channel().config().setAutoRead(false);
            }
        };
        Channel client = connectAndTake(once);
        peer.write("a").succeeds();
        settle();
        peer.write("b").succeeds();
        settle();
        assertThat(once.take()).containsExactly("read a", "readComplete");
        client.read();
        settle();
        assertThat(once.take()).containsExactly("read b", "readComplete");
    }

    @Test
    void severalReadRequestsStartOneReadLoop() {
        Channel client = connectWithoutReading(recorder);
        recorder.take();
        client.read();
        client.read();
        client.read();
        peer.write("a").succeeds();
        settle();
        peer.write("b").succeeds();
        settle();
        assertThat(recorder.take()).containsExactly("read a", "readComplete");
    }

    @Test
    void theEndOfTheStreamIsKeptWhileAutoReadIsOff() {
        Channel client = connectAndTake(recorder);
        client.config().setAutoRead(false);
        hangUp(peer);
        settle();
        assertThat(recorder.take()).isEmpty();
        client.read();
        settle();
        assertThat(recorder.take()).containsExactly("readComplete", "inactive", "unregistered");
    }

    /** {@code LeakGuard} checks that the buffer is released. */
    @Test
    void bytesThatAreKeptAreReleasedWithTheChannel() {
        Channel client = connectAndTake(recorder);
        client.config().setAutoRead(false);
        peer.write("parked").succeeds();
        settle();
        client.close();
        settle();
        assertThat(recorder.take()).containsExactly("inactive", "unregistered");
    }

    @Test
    void switchingAutoReadOffBeforeTheReadTaskRunsKeepsTheBytes() {
        Channel client = connectWithoutReading(recorder);
        peer.write("there").succeeds();
        recorder.take();
        client.config().setAutoRead(true);
        client.config().setAutoRead(false);
        settle();
        assertThat(recorder.take()).isEmpty();
        client.read();
        settle();
        assertThat(recorder.take()).containsExactly("read there", "readComplete");
    }
}
