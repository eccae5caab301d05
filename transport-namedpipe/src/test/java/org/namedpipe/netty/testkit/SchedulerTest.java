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
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_NOT_FOUND;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.internal.win32.Overlapped;

class SchedulerTest {
    private final SimulatedKernel kernel = new SimulatedKernel();
    private final PipeFixture pipes = new PipeFixture(kernel);

    @AfterEach
    void closeEverything() {
        pipes.close();
        kernel.assertAllGone();
    }

    @Test
    void aHeldOperationHasEndedButIsNotDelivered() {
        PipeFixture.Pair pair = pipes.bytes();
        Io read = pipes.read(pair.client(), 8).pends();
        try (Hold hold = kernel.scheduler().hold()) {
            pipes.write(pair.server(), "abc").succeeds();
            assertThat(hold.held())
                    .containsExactly(
                            new Completion(OperationKind.READ, pipes.path, false, pair.client(), read.address(), 0, 3));
            pipes.assertNoPacket();
            assertThat(read.status()).isEqualTo(Overlapped.STATUS_PENDING);
            assertThat(read.buffer.getByte(0)).as("first byte of the buffer").isZero();
            assertThat(PipeQuery.available(kernel, pair.client())).isZero();
            assertThat(kernel.cancelIoEx(pair.client(), read.address())).isEqualTo(ERROR_NOT_FOUND);
            assertThat(kernel.pendingOperations()).isEqualTo(1);
        }
        pipes.await(read);
        assertThat(read.text()).isEqualTo("abc");
    }

    @Test
    void heldCompletionsAreReleasedInAnyOrder() {
        PipeFixture.Pair pair = pipes.bytes();
        Io first = pipes.read(pair.client(), 1).pends();
        Io second = pipes.read(pair.client(), 1).pends();
        Io third = pipes.read(pair.client(), 1).pends();
        Hold hold = kernel.scheduler().hold(OperationKind.READ);
        pipes.write(pair.server(), "abc").succeeds();
        hold.await(3);
        hold.releaseLast();
        pipes.await(third);
        hold.release(1);
        pipes.await(second);
        hold.releaseFirst();
        pipes.await(first);
        hold.close();
        assertThat(first.text() + second.text() + third.text()).isEqualTo("abc");
    }

    @Test
    void onlyMatchingCompletionsAreHeld() {
        PipeFixture.Pair pair = pipes.bytes();
        Io atServer = pipes.read(pair.server(), 1).pends();
        Io atClient = pipes.read(pair.client(), 1).pends();
        try (Hold hold = kernel.scheduler().hold(Completion::serverEnd)) {
            pipes.write(pair.server(), "a").succeeds();
            pipes.write(pair.client(), "b").succeeds();
            pipes.await(atClient);
            assertThat(hold.held()).hasSize(1);
        }
        pipes.await(atServer);
    }

    @Test
    void aHeldCompletionOutlivesItsHandle() {
        PipeFixture.Pair pair = pipes.bytes();
        Io read = pipes.read(pair.server(), 8).pends();
        try (Hold hold = kernel.scheduler().hold()) {
            pipes.closeHandle(pair.server());
            assertThat(hold.held()).hasSize(1);
            pipes.assertNoPacket();
        }
        assertThat(pipes.await(read).status()).isEqualTo(Packet.STATUS_PIPE_BROKEN);
    }

    @Test
    void anOperationThatWouldCompleteSynchronouslyCanPend() {
        PipeFixture.Pair pair = pipes.bytes();
        kernel.scheduler().pendInstead(completion -> completion.kind() == OperationKind.WRITE);
        Io write = pipes.write(pair.server(), "abc").pends();
        assertThat(pipes.await(write).bytes()).isEqualTo(3);
        assertThat(pipes.read(pair.client(), 8).succeeds().text()).isEqualTo("abc");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aRandomOrderKeepsTheBytesOfEachPipe(long seed) {
        kernel.scheduler().randomize(seed);
        List<PipeFixture.Pair> pairs = new ArrayList<>();
        List<Deque<Io>> reads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            pairs.add(pipes.bytes());
            reads.add(new ArrayDeque<>());
            for (int j = 0; j < 5; j++) {
                reads.get(i).add(pipes.read(pairs.get(i).client(), 1).pends());
            }
        }
        pairs.forEach(pair -> pipes.write(pair.server(), "abcde").succeeds());
        String[] received = {"", "", "", ""};
        for (int i = 0; i < 20; i++) {
            long overlapped = pipes.await().overlapped();
            for (int pipe = 0; pipe < 4; pipe++) {
                Io next = reads.get(pipe).peek();
                if (next != null && next.address() == overlapped) {
                    reads.get(pipe).remove();
                    received[pipe] += next.text();
                }
            }
        }
        assertThat(received).containsOnly("abcde");
    }

    @Test
    void theSameSeedGivesTheSameOrder() {
        Set<String> orders = new HashSet<>();
        for (long seed = 0; seed < 20; seed++) {
            String order = orderOfTwo(seed);
            assertThat(orderOfTwo(seed)).isEqualTo(order);
            orders.add(order);
        }
        assertThat(orders).containsExactlyInAnyOrder("AB", "BA");
    }

    /** Completes two independent reads, one after the other. Returns the order of their packets. */
    private String orderOfTwo(long seed) {
        PipeFixture.Pair pair = pipes.bytes();
        kernel.scheduler().randomize(seed);
        Io a = pipes.read(pair.client(), 8).pends();
        Io b = pipes.read(pair.server(), 8).pends();
        pipes.write(pair.server(), "a").succeeds();
        pipes.write(pair.client(), "b").succeeds();
        String order = pipes.await().overlapped() == a.address() ? "AB" : "BA";
        pipes.await();
        assertThat(a.text() + b.text()).isEqualTo("ab");
        pipes.closeHandle(pair.server());
        pipes.closeHandle(pair.client());
        return order;
    }

    @Test
    void aChooserRunsThroughEveryOrder() {
        Set<String> orders = new HashSet<>();
        List<Integer> script = new ArrayList<>();
        int runs = 0;
        do {
            orders.add(runScript(script));
            assertThat(++runs).isLessThan(1000);
        } while (nextScript(script));
        assertThat(orders).containsExactlyInAnyOrder("AB", "BA");
    }

    private final List<Integer> options = new ArrayList<>();

    private String runScript(List<Integer> script) {
        PipeFixture.Pair pair = pipes.bytes();
        Io a = pipes.read(pair.client(), 8).pends();
        pipes.read(pair.server(), 8).pends();
        options.clear();
        kernel.scheduler().choose(choices -> {
            options.add(choices);
            if (script.size() < options.size()) {
                script.add(0);
            }
            return script.get(options.size() - 1);
        });
        pipes.write(pair.server(), "a").succeeds();
        pipes.write(pair.client(), "b").succeeds();
        String order = pipes.await().overlapped() == a.address() ? "AB" : "BA";
        pipes.await();
        kernel.scheduler().deliverAtOnce();
        pipes.closeHandle(pair.server());
        pipes.closeHandle(pair.client());
        return order;
    }

    /** Sets the next script in lexical order. Returns false after the last one. */
    private boolean nextScript(List<Integer> script) {
        while (script.size() > options.size()) {
            script.remove(script.size() - 1);
        }
        while (!script.isEmpty()) {
            int last = script.size() - 1;
            int next = script.remove(last) + 1;
            if (next < options.get(last)) {
                script.add(next);
                return true;
            }
        }
        return false;
    }

    @Test
    void aBlockedWaitReceivesDelayedCompletions() {
        PipeFixture.Pair pair = pipes.bytes();
        kernel.scheduler().choose(choices -> choices - 1);
        Io read = pipes.read(pair.client(), 8).pends();
        pipes.write(pair.server(), "abc").succeeds();
        assertThat(kernel.scheduler().delayed()).isEqualTo(1);
        pipes.await(read);
        assertThat(kernel.scheduler().delayed()).isZero();
    }
}
