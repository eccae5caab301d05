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
package org.namedpipe.netty.examples.docker;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code docker attach}: HTTP turns into a connection of its own, whose two directions end one by one. */
@Command(
        name = "attach",
        description = "Connect standard input, output and error with those of a container."
                + " The end of the input ends the container's input only.")
final class DockerAttach implements Callable<Integer> {

    private static final int BLOCK = 8 * 1024;

    @Mixin
    private EngineHost engine = new EngineHost();

    @Mixin
    private StreamOptions options = new StreamOptions();

    @Option(names = "--no-upgrade", description = "Have the engine answer 200 instead of 101, as it used to.")
    private boolean noUpgrade;

    @Option(
            names = "--tty",
            description = "With --no-upgrade: the container has a terminal, so its output has no frames.")
    private boolean tty;

    @Override
    public Integer call() throws InterruptedException {
        options.check(engine.command());
        engine.ask(
                EngineRequests.attach(options.container, !noUpgrade),
                done -> List.of(
                        new AttachAnswer(tty, options.maxFrame, DockerAttach::pump),
                        new StreamPrinter(System.out, System.err, done)));
        return 0;
    }

    private static void pump(Channel channel) {
        Thread pump = new Thread(() -> sendInput(channel), "standard input");
        pump.setDaemon(true);
        pump.start();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel
    private static void sendInput(Channel channel) {
        byte[] block = new byte[BLOCK];
        try {
            for (int count = System.in.read(block); count >= 0; count = System.in.read(block)) {
                // Reads no further until this has been written. A channel that fails closes itself.
                channel.writeAndFlush(Unpooled.copiedBuffer(block, 0, count)).awaitUninterruptibly();
            }
            ((DuplexChannel) channel).shutdownOutput();
        } catch (IOException e) {
            System.err.println("docker attach: standard input: " + e);
            channel.close();
        }
    }
}
