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
package org.namedpipe.netty.report;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.RealWindowsCondition;
import org.namedpipe.netty.testkit.KernelContract;

/** Random operations on pipes, with another seed in each round. The other rules of the contract are not selected. */
class RandomOperations extends KernelContract {
    /** The contract itself uses the first few. */
    private static final AtomicLong SEEDS = new AtomicLong(1_000);

    @Override
    protected Kernel kernel() {
        return WindowsKernel.instance();
    }

    @Override
    public boolean isWine() {
        return !RealWindowsCondition.isRealWindows();
    }

    @Test
    void nextSeedYieldsOnePacketForEachOperation() {
        long seed = SEEDS.getAndIncrement();
        try {
            randomOperationsYieldOnePacketEach(seed);
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        }
    }
}
