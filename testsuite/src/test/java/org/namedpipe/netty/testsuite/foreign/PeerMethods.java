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
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.jsonrpc.services.JsonNotification;
import org.eclipse.lsp4j.jsonrpc.services.JsonRequest;

/** The methods of {@code jsonrpc_peer.js}, as LSP4J calls and serves them. */
interface PeerMethods {
    @JsonNotification
    void note(String text);

    @JsonNotification
    void waiting();

    @JsonRequest
    CompletableFuture<List<String>> notes();

    @JsonRequest
    CompletableFuture<Integer> add(int a, int b);

    @JsonRequest
    CompletableFuture<String> echo(String text);

    @JsonRequest
    CompletableFuture<Object> fail();

    @JsonRequest("wait")
    CompletableFuture<Object> waitForCancel();
}
