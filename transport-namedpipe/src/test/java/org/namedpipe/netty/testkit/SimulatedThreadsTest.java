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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.internal.win32.Win32Error;

/** Two threads, each with a port of its own, drive the two ends of several pipes at once. */
class SimulatedThreadsTest {
    private static final int PIPES = 8;
    private static final int ROUNDS = 200;
    private static final String PATH = "\\\\.\\pipe\\threads";

    private final SimulatedKernel kernel = new SimulatedKernel();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyByteArrivesInEveryOrder(long seed) throws Exception {
        Random pending = new Random(seed);
        kernel.scheduler().randomize(seed);
        kernel.scheduler().pendInstead(completion -> pending.nextBoolean());
        List<Long> servers = new ArrayList<>();
        List<Long> clients = new ArrayList<>();
        for (int i = 0; i < PIPES; i++) {
            servers.add(SimulatedPeer.listen(kernel, PATH, 0, 64).handle());
            clients.add(SimulatedPeer.open(kernel, PATH).handle());
        }
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Integer> sent = threads.submit(new End(clients, true));
            Future<Integer> echoed = threads.submit(new End(servers, false));
            assertThat(sent.get(600, TimeUnit.SECONDS)).isEqualTo(PIPES * ROUNDS);
            assertThat(echoed.get(600, TimeUnit.SECONDS)).isEqualTo(PIPES * ROUNDS);
        } finally {
            threads.shutdownNow();
        }
        kernel.scheduler().deliverAtOnce();
        kernel.assertAllGone();
    }

    /** Sends and receives bytes in turns with the other end. Each byte must be the successor of the last one. */
    private final class End implements Callable<Integer> {
        private final List<Long> ends;
        private final boolean begins;
        private final Map<Long, Io> inFlight = new HashMap<>();
        private final int[] next = new int[PIPES];
        private int received;

        End(List<Long> ends, boolean begins) {
            this.ends = ends;
            this.begins = begins;
        }

        @Override
        public Integer call() {
            PipeFixture port = new PipeFixture(kernel);
            for (int i = 0; i < PIPES; i++) {
                port.skip(port.associate(port.own(ends.get(i)), i));
                if (begins) {
                    write(port, i);
                }
                read(port, i);
            }
            while (received < PIPES * ROUNDS || !inFlight.isEmpty()) {
                Packet packet = port.await();
                ended(port, (int) packet.key(), Objects.requireNonNull(inFlight.remove(packet.overlapped())));
            }
            port.close();
            return received;
        }

        private void read(PipeFixture port, int pipe) {
            submitted(port, pipe, port.read(ends.get(pipe), 1));
        }

        private void write(PipeFixture port, int pipe) {
            submitted(port, pipe, port.write(ends.get(pipe), new byte[] {(byte) next[pipe]}));
        }

        private void submitted(PipeFixture port, int pipe, Io io) {
            if (io.code() == Win32Error.ERROR_IO_PENDING) {
                inFlight.put(io.address(), io);
            } else {
                ended(port, pipe, io.succeeds());
            }
        }

        private void ended(PipeFixture port, int pipe, Io io) {
            assertThat(io.status()).isEqualTo(Packet.STATUS_SUCCESS);
            if (!io.what.equals("ReadFile")) {
                return;
            }
            assertThat(io.buffer.getByte(0)).isEqualTo((byte) next[pipe]);
            received++;
            boolean answers = !begins || next[pipe] < ROUNDS - 1;
            if (begins) {
                next[pipe]++;
            }
            if (answers) {
                write(port, pipe);
            }
            if (!begins) {
                next[pipe]++;
            }
            if (next[pipe] < ROUNDS) {
                read(port, pipe);
            }
        }
    }
}
