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
package org.namedpipe.netty.testsuite.foreign;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.jsonrpc.RemoteEndpoint;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.namedpipe.netty.streams.NamedPipeStreams;

/** One end of a connection, with LSP4J on the streams of a pipe. It serves {@link PeerMethods}, and calls those of its peer. */
final class Lsp4jEnd implements PeerMethods {
    static final int REQUESTED_ERROR = 1234;

    private final CompletableFuture<Void> peerWaits = new CompletableFuture<>();
    private final CompletableFuture<Void> waits = new CompletableFuture<>();
    private final Queue<String> notes = new ConcurrentLinkedQueue<>();
    private final NamedPipeStreams streams;
    private final Launcher<PeerMethods> launcher;
    private final Future<?> listening;

    Lsp4jEnd(NamedPipeStreams streams, ExecutorService threads) {
        this.streams = streams;
        launcher = Launcher.createLauncher(
                this, PeerMethods.class, streams.inputStream(), streams.outputStream(), threads, consumer -> consumer);
        listening = launcher.startListening();
    }

    NamedPipeStreams streams() {
        return streams;
    }

    PeerMethods peer() {
        return launcher.getRemoteProxy();
    }

    RemoteEndpoint endpoint() {
        return launcher.getRemoteEndpoint();
    }

    /** Completes when the peer has received the request {@code wait}. */
    CompletableFuture<Void> peerWaits() {
        return peerWaits;
    }

    /** Completes when the peer has sent the request {@code wait}. */
    CompletableFuture<Void> waits() {
        return waits;
    }

    /** Completes at the end of the peer's stream. */
    Future<?> listening() {
        return listening;
    }

    @Override
    public void note(String text) {
        notes.add(text);
    }

    @Override
    public void waiting() {
        peerWaits.complete(null);
    }

    @Override
    public CompletableFuture<List<String>> notes() {
        return CompletableFuture.completedFuture(List.copyOf(notes));
    }

    @Override
    public CompletableFuture<Integer> add(int a, int b) {
        return CompletableFuture.completedFuture(a + b);
    }

    @Override
    public CompletableFuture<String> echo(String text) {
        return CompletableFuture.completedFuture(text);
    }

    @Override
    public CompletableFuture<Object> fail() {
        return CompletableFuture.failedFuture(new ResponseErrorException(
                new ResponseError(REQUESTED_ERROR, "requested error", Map.of("detail", "none"))));
    }

    /** LSP4J answers with an error when the peer cancels the request. */
    @Override
    public CompletableFuture<Object> waitForCancel() {
        peer().waiting();
        waits.complete(null);
        return new CompletableFuture<>();
    }
}
