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

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.ManualIoEventLoop;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.NamedPipeChannelOption;
import org.namedpipe.netty.NamedPipeMode;
import org.namedpipe.netty.NamedPipeServerChannel;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.WaitListener;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.testing.TestLoops;
import org.namedpipe.netty.testing.WaitThreads;
import org.namedpipe.netty.testkit.SimulatedPeer;

/** The schedules of violations that the explorer has found, reduced by hand. */
class FoundByExplorationTest extends OneThread {
    private static final int MESSAGES = Win32Constants.PIPE_TYPE_MESSAGE | Win32Constants.PIPE_READMODE_MESSAGE;

    private final Recorder recorder = new Recorder();

    @Test
    void aPauseThatIsProcessedAfterTheResumeDoesNotDiscardItsRead() throws InterruptedException {
        SimulatedPeer server = listen();
        Channel client = connect(recorder);
        server.write("a");
        settle();

        Thread pausing = new Thread(() -> client.config().setAutoRead(false));
        pausing.start();
        pausing.join();
        client.config().setAutoRead(true);
        settle();
        server.write("b");
        settle();
        server.write("c");
        settle();

        assertThat(recorder.take()).contains("read a", "read b", "read c");
    }

    @Test
    void aPauseWithoutAnEventLoopIsKept() {
        SimulatedPeer server = listen();
        Channel client = connect(recorder);
        client.deregister();
        settle();
        client.config().setAutoRead(false);
        client.unsafe().register(loop, client.newPromise());
        server.write("a");
        settle();
        assertThat(recorder.take()).doesNotContain("read a");

        client.read();
        settle();
        assertThat(recorder.take()).contains("read a");
    }

    @Test
    void aStaleSignalDoesNotCompleteTheNextOperationInTheSlot() {
        WaitThreads.only(kernel);
        List<Runnable> signals = new ArrayList<>();
        TestLoops recordingLoops = new TestLoops(recordingSignals(signals));
        ManualIoEventLoop recordingLoop =
                new ManualIoEventLoop(null, Thread.currentThread(), recordingLoops.factory(), clock);
        Channel server = new ServerBootstrap()
                .group(recordingLoop)
                .channel(NamedPipeServerChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1)
                .childHandler(recorder)
                .bind(name)
                .channel();
        settle(recordingLoop);
        SimulatedPeer client = open();
        kernel.runCallbacks();
        signals.get(0).run();
        // The next instance completes synchronously, so the first read gets the free slot.
        kernel.faults()
                .before(
                        "ConnectNamedPipe",
                        () -> SimulatedPeer.open(kernel, name.path()).close());
        settle(recordingLoop);
        client.write("a");
        settle(recordingLoop);
        assertThat(recorder.take()).contains("read a");
        kernel.assertNothingWrong();

        server.close();
        hangUp(client);
        recordingLoop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        while (!recordingLoop.isTerminated()) {
            clock.advanceMillis(1);
            settle(recordingLoop);
        }
        recordingLoops.close();
    }

    private void settle(ManualIoEventLoop other) {
        while (kernel.runCallbacks() + other.runNow() > 0) {
            assertThat(Thread.interrupted()).as("timed out").isFalse();
        }
    }

    private Kernel recordingSignals(List<Runnable> signals) {
        return (Kernel) Proxy.newProxyInstance(
                Kernel.class.getClassLoader(), new Class<?>[] {Kernel.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("registerWait")) {
                        signals.add(((WaitListener) arguments[1])::signalled);
                    }
                    try {
                        return method.invoke(kernel, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void aListenerMayCloseTheChannelBeforeTheOtherPromisesOfItsBatchComplete() {
        SimulatedPeer server = listen(Win32Constants.PIPE_TYPE_BYTE, 0);
        Channel client = connectWithoutReading(recorder);
        ChannelFuture first = client.write(text("a"));
        ChannelFuture second = client.write(text("b"));
        first.addListener(ChannelFutureListener.CLOSE);
        client.flush();
        settle();
        assertThat(server.read(2).text()).isEqualTo("ab");
        settle();

        assertThat(first.isSuccess()).isTrue();
        assertThat(second.isDone()).isTrue();
        assertThat(client.isOpen()).isFalse();
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }

    @Test
    void aFailedBindClosesItsInstancesOnce() {
        kernel.faults().on("CreateNamedPipe").after(1).fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        ChannelFuture bound =
                server(recorder, recorder).option(ChannelOption.SO_BACKLOG, 2).bind(name);
        channelOf(bound);
        assertThat(bound.cause()).isInstanceOf(BindException.class);
    }

    @Test
    void anEmptyFileRegionIsWrittenAsAMessage() {
        SimulatedPeer server = listen(MESSAGES, 16);
        Channel client = messageClient();
        client.connect(name);
        client.writeAndFlush(new Payload.BytesRegion(new byte[0]));
        settle();
        assertThat(server.read(1).succeeds().bytes()).isZero();
    }

    @Test
    void anEmptyMessageMayBeWrittenBeforeConnect() {
        SimulatedPeer server = listen(MESSAGES, 16);
        Channel client = messageClient();
        client.write(Unpooled.EMPTY_BUFFER);
        client.connect(name);
        client.flush();
        settle();
        assertThat(server.read(1).succeeds().bytes()).isZero();
    }

    /** Returns a client in message mode that is not connected. */
    private NamedPipeChannel messageClient() {
        return (NamedPipeChannel) channelOf(client(recorder)
                .option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE)
                .register());
    }
}
