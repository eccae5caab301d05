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
package org.namedpipe.netty.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.jsonrpc.services.JsonRequest;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.iocp.IocpIoHandler;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.TestBytes;
import org.namedpipe.netty.testing.TestProcess;

class StreamsIT extends AbstractStreamsTest {
    private static final int CALLS = 100;
    private static final int PIECE = 1_000_000;
    private static final int PIECES = 100;

    @Override
    Kernel kernel() {
        return WindowsKernel.instance();
    }

    /** The service of both ends. */
    public static final class Shout implements Shouting {
        @Override
        public CompletableFuture<String> shout(String text) {
            return CompletableFuture.completedFuture(text.toUpperCase(Locale.ROOT));
        }
    }

    /** The service, as LSP4J calls it. */
    public interface Shouting {
        @JsonRequest
        CompletableFuture<String> shout(String text);
    }

    /** A client that ends without closing its pipe. */
    static final class Killed {
        private static final int BYTES = 1000;

        private Killed() {}

        public static void main(String[] arguments) throws Exception {
            EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, IocpIoHandler.newFactory());
            NamedPipeStreams.connect(group, NamedPipeAddress.of(arguments[0]))
                    .outputStream()
                    .write(new byte[BYTES]);
            System.out.println("written");
            // To the end of the input, which the parent closes.
            while (System.in.read() >= 0) {}
            Runtime.getRuntime().halt(0);
        }
    }

    private static Launcher<Shouting> launcher(NamedPipeStreams streams) {
        return Launcher.createLauncher(new Shout(), Shouting.class, streams.inputStream(), streams.outputStream());
    }

    @Test
    void lsp4jCallsInBothDirections() throws Exception {
        Launcher<Shouting> one = launcher(server);
        Launcher<Shouting> other = launcher(client);
        one.startListening();
        other.startListening();
        List<CompletableFuture<String>> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            calls.add(one.getRemoteProxy().shout("a" + i));
            calls.add(other.getRemoteProxy().shout("a" + i));
        }
        for (int i = 0; i < calls.size(); i++) {
            assertThat(Await.join(calls.get(i))).isEqualTo("A" + i / 2);
        }
    }

    @Test
    void aHundredMegabytesPassUnchanged() throws Exception {
        byte[] piece = TestBytes.random(PIECE);
        Future<?> write = threads.submit(() -> {
            for (int i = 0; i < PIECES; i++) {
                piece[0] = (byte) i;
                server.outputStream().write(piece);
            }
            return null;
        });
        byte[] expected = piece.clone();
        for (int i = 0; i < PIECES; i++) {
            expected[0] = (byte) i;
            assertThat(Arrays.equals(client.inputStream().readNBytes(PIECE), expected))
                    .as("piece %s", i)
                    .isTrue();
        }
        write.get();
    }

    @Test
    void whatAKilledClientHasWrittenIsRead() throws Exception {
        try (TestProcess killed = TestProcess.start(Killed.class, name.path())) {
            assertThat(killed.nextLine()).isEqualTo("written");
        }
        try (NamedPipeStreams streams = Await.next(accepted)) {
            assertThat(streams.inputStream().readAllBytes()).hasSize(Killed.BYTES);
            assertThatThrownBy(() -> streams.outputStream().write(1)).isInstanceOf(IOException.class);
        }
    }
}
