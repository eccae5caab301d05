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
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_SUCCESS;
import static org.namedpipe.netty.testkit.Source.Kind.WINE_NTDLL_TESTS;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each operation that pended yields exactly one packet. */
interface BookkeepingContract extends FixtureUser {

    /** The fixture's {@code close()} waits for missing packets, and fails on an unexpected packet. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_completion")
    default void randomOperationsYieldOnePacketEach(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 12; round++) {
            randomOperations(random, random.nextBoolean() ? pipes().bytes(random.nextInt(64)) : pipes().messages());
            while (pipes().inFlight() > 0) {
                pipes().await();
            }
            pipes().assertNoPacket();
        }
    }

    private void randomOperations(Random random, PipeFixture.Pair pair) {
        List<Io> issued = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            long handle = random.nextBoolean() ? pair.server() : pair.client();
            switch (random.nextInt(16)) {
                case 0, 1, 2, 3, 4, 5 -> issued.add(pipes().read(handle, random.nextInt(48)));
                case 6, 7, 8, 9, 10, 11 -> issued.add(pipes().write(handle, "x".repeat(random.nextInt(48))));
                case 12, 13 -> cancelOneOf(issued, handle, random);
                case 14 -> pipes().available(handle);
                default -> seldom(random, pair);
            }
        }
        boolean serverFirst = random.nextBoolean();
        pipes().closeHandle(serverFirst ? pair.server() : pair.client());
        pipes().closeHandle(serverFirst ? pair.client() : pair.server());
    }

    private void cancelOneOf(List<Io> issued, long handle, Random random) {
        if (!issued.isEmpty()) {
            Io victim = issued.get(random.nextInt(issued.size()));
            assertThat(k().cancelIoEx(handle, victim.address())).isIn(ERROR_SUCCESS, ERROR_NOT_FOUND);
        }
    }

    private void seldom(Random random, PipeFixture.Pair pair) {
        switch (random.nextInt(12)) {
            case 0 -> k().disconnectNamedPipe(pair.server());
            case 1 -> pipes().connect(pair.server());
            case 2, 3 -> k().cancelIoEx(pair.server(), 0);
            case 4, 5 -> k().cancelIoEx(pair.client(), 0);
            default -> {
                // Mostly nothing, so that pipes stay connected for a while.
            }
        }
    }
}
