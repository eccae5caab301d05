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
import io.netty.channel.ChannelFuture;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.testing.EmittingRegion;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.testkit.SimulatedPeer;

/** Regions that emit more or fewer bytes than they count. */
class RegionReaderTest extends OneThread {
    private static final int ROOM = 4 * 1024 * 1024;

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(length).nextBytes(bytes);
        return bytes;
    }

    private void assertWritten(ChannelFuture write, EmittingRegion region, SimulatedPeer peer, byte[] expected) {
        settle();
        assertThat(write.cause()).isNull();
        assertThat(write.isSuccess()).isTrue();
        assertThat(region.refCnt()).isZero();
        assertThat(peer.available()).isEqualTo(expected.length);
        assertThat(peer.readFully(expected.length)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "25, 25, 10",
        "1000, 7, 996",
        "70000, 70000, 10",
        "70000, 1000, 69500",
        "200000, 200000, 199999",
        "3000000, 3000000, 1",
    })
    void allEmittedBytesAreWritten(int emitted, int perCall, int count) {
        byte[] bytes = random(emitted);
        SimulatedPeer peer = listen(Win32Constants.PIPE_TYPE_BYTE, ROOM);
        Channel client = connect(new Recorder());
        EmittingRegion region = new EmittingRegion(bytes, perCall, count);
        ChannelFuture write = client.writeAndFlush(region);
        assertWritten(write, region, peer, bytes);
    }

    @Test
    void allEmittedBytesAreOneMessage() {
        byte[] bytes = random(25);
        SimulatedPeer peer = listenForMessages(ROOM);
        Channel client =
                connected(client(new Recorder()).option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE));
        EmittingRegion region = new EmittingRegion(bytes, 20, 22);
        ChannelFuture write = client.writeAndFlush(region);
        assertWritten(write, region, peer, bytes);
        assertThat(kernel.calls("WriteFile")).isEqualTo(1);
    }

    /** A region may return 0 from several calls before it counts the bytes. */
    @Test
    void aRegionThatEmitsBytesAndCountsNoneIsCalledAgain() {
        byte[] bytes = random(30);
        SimulatedPeer peer = listen();
        Channel client = connect(new Recorder());
        EmittingRegion region = EmittingRegion.countingLate(bytes, 10, 20);
        ChannelFuture write = client.writeAndFlush(region);
        assertWritten(write, region, peer, bytes);
    }

    /** The peer would see a call of {@code WriteFile} without bytes. */
    @Test
    void aRegionThatEmitsNoBytesIsNotWritten() {
        SimulatedPeer peer = listen();
        Channel client = connect(new Recorder());
        EmittingRegion region = EmittingRegion.silent(10);
        ChannelFuture write = client.writeAndFlush(region);
        assertWritten(write, region, peer, new byte[0]);
        assertThat(kernel.calls("WriteFile")).isZero();
    }
}
