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
import static org.namedpipe.netty.testing.TestBytes.random;

import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.LengthRecorder;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testkit.SimulatedPeer;
import org.namedpipe.netty.win32.WindowsException;

/** Bytes that a pipe has counted, and that are gone when they are to be read: the peer has cancelled its write. */
class TakenBackBytesTest extends OneThread {
    private static final int FRAME = 1024 * 1024 + 4;
    /** The length of the first read of a channel. */
    private static final int FIRST_READ = 1024;

    private final LengthRecorder recorder = new LengthRecorder();

    private static String text(int length) {
        return String.valueOf(length);
    }

    /** The peer cancels its write after the question, and before the read that was to take the rest of it. */
    private void takeBackBeforeTheRestIsRead(SimulatedPeer.Operation write) {
        kernel.faults().before("QueryPipe", () -> kernel.faults().before("ReadFile", write::cancel));
    }

    @Test
    void bytesThatAreTakenBackHoldUpNothing() {
        SimulatedPeer peer = listen();
        connect(recorder);
        byte[] frame = random(FRAME);
        SimulatedPeer.Operation write = peer.write(frame);
        takeBackBeforeTheRestIsRead(write);
        settle();
        write.hasCode(Win32Error.ERROR_OPERATION_ABORTED);
        assertThat(recorder.takeLengths()).containsExactly(text(FIRST_READ), "complete");
        assertThat(recorder.received()).isEqualTo(Arrays.copyOf(frame, FIRST_READ));
        peer.write("next").succeeds();
        settle();
        assertThat(recorder.takeLengths()).containsExactly("4", "complete");
        assertThat(new String(recorder.received(), StandardCharsets.ISO_8859_1)).endsWith("next");
    }

    @Test
    void theReadThatPendsFollowsOnlyOnceItIsAskedFor() {
        SimulatedPeer peer = listen();
        NamedPipeChannel client = connectWithoutReading(recorder);
        takeBackBeforeTheRestIsRead(peer.write(random(FRAME)));
        client.read();
        settle();
        assertThat(recorder.takeLengths()).containsExactly(text(FIRST_READ), "complete");
        peer.write("next").succeeds();
        settle();
        assertThat(recorder.takeLengths()).isEmpty();
        client.read();
        settle();
        assertThat(recorder.takeLengths()).containsExactly("4", "complete");
    }

    @Test
    void theReadThatPendsAsksInItsTurnWhatIsLeft() {
        SimulatedPeer peer = listen();
        connect(recorder);
        takeBackBeforeTheRestIsRead(peer.write(random(FIRST_READ + 100_000)));
        settle();
        recorder.takeLengths();
        kernel.resetCalls();
        peer.write(random(FRAME));
        settle();
        assertThat(recorder.takeLengths()).containsExactly(text(FRAME), "complete");
        assertThat(kernel.calls("ReadFile")).isEqualTo(2);
        assertThat(kernel.calls("QueryPipe")).isEqualTo(1);
    }

    @Test
    void fewerBytesThanWereCountedAreAShorterMessage() {
        SimulatedPeer peer = listen();
        connect(recorder);
        peer.write(random(FIRST_READ + 100)).succeeds();
        takeBackBeforeTheRestIsRead(peer.write(random(FRAME)));
        settle();
        assertThat(recorder.takeLengths()).containsExactly(text(FIRST_READ + 100), "complete");
        assertThat(recorder.received()).isEqualTo(random(FIRST_READ + 100));
    }

    @Test
    void thePeerMayTakeItsBytesBackAndClose() {
        SimulatedPeer peer = listen();
        connect(recorder);
        peer.write(random(FRAME));
        kernel.faults().before("QueryPipe", () -> kernel.faults().before("ReadFile", () -> hangUp(peer)));
        settle();
        assertThat(recorder.takeLengths()).containsExactly(text(FIRST_READ), "complete", "inactive");
        assertThat(recorder.errors()).isEmpty();
    }

    @Test
    void aFailureOfTheSecondReadFollowsTheBytesOfTheFirst() {
        SimulatedPeer peer = listen();
        connect(recorder);
        peer.write(random(FRAME));
        kernel.faults().on("ReadFile").fail(Win32Error.ERROR_GEN_FAILURE);
        settle();
        assertThat(recorder.takeLengths()).containsExactly(text(FIRST_READ), "complete", "inactive");
        assertThat(recorder.errors()).singleElement().isInstanceOf(WindowsException.class);
    }

    @Test
    void aHandlerMayCloseTheChannelWhileTheSecondReadPends() {
        SimulatedPeer peer = listen();
        LengthRecorder closing = new LengthRecorder(ChannelHandlerContext::close);
        connect(closing);
        takeBackBeforeTheRestIsRead(peer.write(random(FRAME)));
        settle();
        assertThat(closing.takeLengths()).containsExactly(text(FIRST_READ), "complete", "inactive");
    }

    @Test
    void aHandlerMayDeregisterTheChannelWhileTheSecondReadPends() {
        SimulatedPeer peer = listen();
        LengthRecorder leaving = new LengthRecorder(ChannelHandlerContext::deregister);
        NamedPipeChannel client = connect(leaving);
        takeBackBeforeTheRestIsRead(peer.write(random(FRAME)));
        settle();
        assertThat(leaving.takeLengths()).containsExactly(text(FIRST_READ), "complete");
        assertThat(client.isRegistered()).isFalse();
        peer.write("next").succeeds();
        settle();
        assertThat(leaving.takeLengths()).isEmpty();
        client.unsafe().register(loop, client.newPromise());
        settle();
        assertThat(leaving.takeLengths()).containsExactly("4", "complete");
    }

    @Test
    void aHandlerMayStopReadingWhileTheSecondReadPends() {
        SimulatedPeer peer = listen();
        LengthRecorder pausing =
                new LengthRecorder(ctx -> ctx.channel().config().setAutoRead(false));
        NamedPipeChannel client = connect(pausing);
        takeBackBeforeTheRestIsRead(peer.write(random(FRAME)));
        settle();
        peer.write("next").succeeds();
        settle();
        assertThat(pausing.takeLengths()).containsExactly(text(FIRST_READ), "complete");
        client.read();
        settle();
        assertThat(pausing.takeLengths()).containsExactly("4", "complete");
    }
}
