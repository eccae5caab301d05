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
package org.namedpipe.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.namedpipe.netty.testing.FaultInjector;

/** Fails each Win32 call and each allocation of a connection's life, one in each run. */
class FaultInjectionTest {
    /** With fewer faults most calls would not be reached. */
    private static final int MIN_FAULTS = 40;

    @ParameterizedTest
    @EnumSource
    void aLoopServesTheNextClientAfterAnyFault(NamedPipeMode mode) {
        failEachCall(mode, true);
    }

    @Test
    void aLoopWhoseClientsAreWaitedForByThreadsServesTheNextOne() {
        failEachCall(NamedPipeMode.BYTE, false);
    }

    private static void failEachCall(NamedPipeMode mode, boolean waitPackets) {
        List<String> broken = new ArrayList<>();
        int faults = 0;
        for (boolean reached = true; reached; faults++) {
            try (FaultInjector injector = new FaultInjector(faults)) {
                try {
                    new ConnectionLife(mode, waitPackets, injector).live();
                } catch (AssertionError | RuntimeException e) {
                    broken.add("fault " + faults + ", " + injector.failed() + ": " + e);
                }
                reached = injector.failed() != null;
            }
        }
        assertThat(broken).isEmpty();
        assertThat(faults).isGreaterThan(MIN_FAULTS);
    }
}
