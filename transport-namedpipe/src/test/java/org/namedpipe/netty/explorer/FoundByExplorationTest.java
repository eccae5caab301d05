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
package org.namedpipe.netty.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.SimulatedPeer;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;

/** Orders of events that seeds of the explorer have led to, each as short as it can be. */
class FoundByExplorationTest {

    @Test
    void aPauseThatArrivesAfterTheResumeDoesNotTakeItsRead() throws InterruptedException {
        try (ShortScene scene = new ShortScene();
                SimulatedPeer server = SimulatedPeer.listen(scene.kernel, ShortScene.ADDRESS.path())) {
            Channel client = scene.connect(true);
            server.write("a");
            scene.settle();

            scene.onAnotherThread(() -> client.config().setAutoRead(false));
            client.config().setAutoRead(true);
            scene.settle();
            server.write("b");
            scene.settle();
            server.write("c");
            scene.settle();

            assertThat(scene.received).hasToString("abc");
            client.close();
        }
    }

    @Test
    void aPauseHoldsThoughTheChannelIsWithoutEventLoop() {
        try (ShortScene scene = new ShortScene();
                SimulatedPeer server = SimulatedPeer.listen(scene.kernel, ShortScene.ADDRESS.path())) {
            Channel client = scene.connect(true);
            client.deregister();
            scene.settle();
            client.config().setAutoRead(false);
            client.unsafe().register(scene.loop, client.newPromise());
            server.write("a");
            scene.settle();
            assertThat(scene.received).isEmpty();

            client.read();
            scene.settle();
            assertThat(scene.received).hasToString("a");
            client.close();
        }
    }

    @Test
    void aStaleHintDoesNotEndTheOperationThatHasTheSlotNow() {
        try (ShortScene scene = new ShortScene()) {
            Channel server = scene.bind(1).channel();
            try (SimulatedPeer client = SimulatedPeer.open(scene.kernel, ShortScene.ADDRESS.path())) {
                scene.kernel.runCallbacks();
                scene.waits.get(0).run();
                // The slot is free for the first read, because the next instance has no use for it.
                scene.kernel.faults().before("ConnectNamedPipe", () -> comeAndGo(scene));
                scene.settle();
                client.write("a");
                scene.settle();
            }
            assertThat(scene.received).hasToString("a");
            scene.kernel.assertNothingWrong();
            server.close();
        }
    }

    private static void comeAndGo(ShortScene scene) {
        SimulatedPeer.open(scene.kernel, ShortScene.ADDRESS.path()).close();
    }

    @Test
    void aListenerMayCloseWhileOthersOfItsBatchAreStillToBeTold() {
        try (ShortScene scene = new ShortScene();
                SimulatedPeer server = SimulatedPeer.listen(scene.kernel, ShortScene.ADDRESS.path(), 0, 0)) {
            Channel client = scene.connect(false);
            ChannelFuture first = client.write(Unpooled.copiedBuffer("a", StandardCharsets.ISO_8859_1));
            ChannelFuture second = client.write(Unpooled.copiedBuffer("b", StandardCharsets.ISO_8859_1));
            first.addListener(ChannelFutureListener.CLOSE);
            client.flush();
            scene.settle();
            assertThat(server.read(2).text()).isEqualTo("ab");
            scene.settle();

            assertThat(first.isSuccess()).isTrue();
            assertThat(second.isDone()).isTrue();
            assertThat(client.isOpen()).isFalse();
        }
    }

    @Test
    void aBindThatFailsHalfWayClosesItsInstancesOnce() {
        try (ShortScene scene = new ShortScene()) {
            scene.kernel.faults().on("CreateNamedPipe").after(1).fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
            assertThat(scene.bind(2).cause()).isInstanceOf(BindException.class);
        }
    }

    @Test
    void anEmptyFileRegionIsAMessage() {
        try (ShortScene scene = new ShortScene();
                SimulatedPeer server = messageServer(scene)) {
            Channel client = scene.messageClient();
            client.connect(ShortScene.ADDRESS);
            client.writeAndFlush(new BytesRegion(new byte[0]));
            scene.settle();
            assertThat(server.read(1).succeeds().bytes()).isZero();
            client.close();
        }
    }

    @Test
    void anEmptyMessageMayBeWrittenBeforeThereIsAPipe() {
        try (ShortScene scene = new ShortScene();
                SimulatedPeer server = messageServer(scene)) {
            Channel client = scene.messageClient();
            client.write(Unpooled.EMPTY_BUFFER);
            client.connect(ShortScene.ADDRESS);
            client.flush();
            scene.settle();
            assertThat(server.read(1).succeeds().bytes()).isZero();
            client.close();
        }
    }

    private static SimulatedPeer messageServer(ShortScene scene) {
        int mode = Win32Constants.PIPE_TYPE_MESSAGE | Win32Constants.PIPE_READMODE_MESSAGE;
        return SimulatedPeer.listen(scene.kernel, ShortScene.ADDRESS.path(), mode, 16);
    }
}
