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
package org.namedpipe.npcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.TestLoops;

/** Runs the jar with a peer in this process: Java's own files as a client, or a server. */
class NpcatPeersIT extends AbstractNpcatTest {

    private final TestLoops loops = new TestLoops(WindowsKernel.instance());
    private final EventLoopGroup group = loops.group(1);
    private final BlockingQueue<NamedPipeChannel> clients = new LinkedBlockingQueue<>();

    @AfterEach
    void endLoops() {
        loops.close();
    }

    private void serve() throws InterruptedException {
        Boot.server(group, clients)
                .childOption(ChannelOption.AUTO_READ, false)
                .bind(NamedPipeAddress.of(name))
                .sync();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void aFileIsAClient() throws Exception {
        NpcatProcess listener = listen("--who");
        try (RandomAccessFile client = new RandomAccessFile("\\\\.\\pipe\\" + name, "rw")) {
            listener.awaitError("npcat: connected with NamedPipePeer(process "
                    + ProcessHandle.current().pid());
            client.write(bytes("from a file\n"));
            listener.awaitLine("from a file");
            listener.type("to a file\n");
            assertThat(client.readLine()).isEqualTo("to a file");
        }
        assertThat(listener.exitCode()).isZero();
    }

    @Test
    void eachWriteIsAMessage() throws Exception {
        NpcatProcess listener = listen("--message", "--hex");
        try (RandomAccessFile client = new RandomAccessFile("\\\\.\\pipe\\" + name, "rw")) {
            client.write(bytes("0123456789abcdefX"));
            client.write(bytes("\n"));
        }
        listener.awaitLine("< 00000000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  |0123456789abcdef|");
        listener.awaitLine("< 00000010  58 ");
        listener.awaitLine("< 00000000  0a ");
        assertThat(listener.exitCode()).isZero();
    }

    @Test
    void aServerThatEndsBeforeItTakesTheInputIsAnError() throws Exception {
        serve();
        NpcatProcess client = connect("--hex");
        NamedPipeChannel server = Await.next(clients);
        // The pipe holds 64 KiB that the server has not read.
        client.type("x".repeat(0x10000));
        client.awaitLine("> 0000fff0 ");
        client.type("x");
        client.awaitLine("> 00010000 ");
        Await.get(server.close());

        client.awaitError("npcat: the connection ended before the input was sent");
        assertThat(client.exitCode()).isEqualTo(1);
    }

    @Test
    void aServerThatEndsEndsTheClient() throws Exception {
        serve();
        NpcatProcess client = connect();
        NamedPipeChannel server = Await.next(clients);
        Await.get(server.writeAndFlush(Unpooled.wrappedBuffer(bytes("all\n"))));
        Await.get(server.close());

        client.awaitLine("all");
        assertThat(client.exitCode()).isZero();
    }

    @Test
    void aClosedStandardOutputIsAnError() throws Exception {
        serve();
        NpcatProcess client = owned(NpcatProcess.startUnread("client", name));
        NamedPipeChannel server = Await.next(clients);
        client.closeOutput();
        Await.get(server.writeAndFlush(Unpooled.wrappedBuffer(bytes("lost\n"))));

        client.awaitError("npcat: standard output: ");
        assertThat(client.exitCode()).isEqualTo(3);
    }
}
