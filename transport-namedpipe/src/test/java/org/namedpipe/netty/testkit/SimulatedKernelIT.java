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

import java.util.List;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.WindowsKernel;

/** Compares the model with the real API in random sequences of calls. */
class SimulatedKernelIT {
    private static final int SCRIPTS = 60;
    private static final int STEPS = 150;

    @Test
    void theModelBehavesAsTheRealApi() {
        for (long seed = 0; seed < SCRIPTS; seed++) {
            SimulatedKernel model = new SimulatedKernel();
            List<String> expected = KernelScript.run(WindowsKernel.instance(), seed, STEPS);
            List<String> actual = KernelScript.run(model, seed, STEPS);
            int same = 0;
            while (same < expected.size()
                    && same < actual.size()
                    && expected.get(same).equals(actual.get(same))) {
                same++;
            }
            assertThat(actual.subList(same, actual.size()))
                    .as("seed %d, after %s", seed, actual.subList(Math.max(0, same - 12), same))
                    .isEqualTo(expected.subList(same, expected.size()));
            model.assertAllGone();
        }
    }
}
