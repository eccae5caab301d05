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
package org.namedpipe.netty.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_BROKEN_PIPE;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_OPERATION_ABORTED;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_PIPE_NOT_CONNECTED;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_SUCCESS;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The end of a FlushFileBuffers that waits. Only on the model does a test see that it waits. */
class SimulatedFlushTest {
    private final SimulatedKernel kernel = new SimulatedKernel();
    private final PipeFixture pipes = new PipeFixture(kernel);
    private final PipeFixture.Pair pair = pipes.bytes();
    private final CompletableFuture<Integer> flush = new CompletableFuture<>();
    private final Thread thread = new Thread(() -> flush.complete(kernel.flushFileBuffers(pair.server())));

    @BeforeEach
    void aFlushWaits() {
        pipes.write(pair.server(), "abc").succeeds();
        thread.start();
        kernel.await("a flush waits", () -> waiting() == 1);
    }

    @AfterEach
    void nothingIsOpen() throws Exception {
        pipes.close();
        thread.join(20_000);
        kernel.assertAllGone();
    }

    private int waiting() {
        return kernel.end(pair.server()).waitingFlushes();
    }

    private void assertEnds(int code) throws Exception {
        assertThat(flush.get(20, TimeUnit.SECONDS)).isEqualTo(code);
    }

    @Test
    void itSucceedsWhenThePeerHasReadEverything() throws Exception {
        assertThat(pipes.readText(pair.client(), 2)).isEqualTo("ab");
        assertThat(waiting()).isEqualTo(1);
        assertThat(pipes.readText(pair.client(), 2)).isEqualTo("c");
        assertThat(waiting()).isZero();
        pipes.closeHandle(pair.client());
        assertEnds(ERROR_SUCCESS);
    }

    @Test
    void itIsBrokenWhenThePeerCloses() throws Exception {
        pipes.closeHandle(pair.client());
        assertEnds(ERROR_BROKEN_PIPE);
    }

    @Test
    void itFailsWhenTheServerDisconnects() throws Exception {
        assertThat(kernel.disconnectNamedPipe(pair.server())).isEqualTo(ERROR_SUCCESS);
        assertEnds(ERROR_PIPE_NOT_CONNECTED);
    }

    @Test
    void itIsAbortedByACancel() throws Exception {
        assertThat(kernel.cancelIoEx(pair.server(), 0)).isEqualTo(ERROR_SUCCESS);
        assertEnds(ERROR_OPERATION_ABORTED);
    }
}
