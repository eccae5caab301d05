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

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tests of one class on the real API, and the same tests on the model of the kernel.
 *
 * @param testClass the class that runs on the real API
 * @param modelClass the class that runs the same tests on the model, if there is one
 * @param only the name of a test method, or of the interface or class that declares the tests; empty for all tests of the class
 * @param rounds the maximum number of runs of the tests on the real API
 * @param patience the time after which no further round begins
 */
record Part(String testClass, @Nullable String modelClass, String only, int rounds, Duration patience) {
    private static final String NETTY = "org.namedpipe.netty.";
    private static final String CONTRACT = NETTY + "testkit.WindowsKernelContractIT";
    private static final String CONTRACT_ON_MODEL = NETTY + "testkit.SimulatedKernelContractTest";

    /** Returns the tests of a contract, or the one test with this name. */
    static Part contract(String only) {
        return new Part(CONTRACT, CONTRACT_ON_MODEL, only, 1, Duration.ZERO);
    }

    /** Returns the tests of a class below {@code org.namedpipe.netty} that has no counterpart on the model. */
    static Part of(String testClass) {
        return of(testClass, "");
    }

    static Part of(String testClass, String only) {
        return new Part(NETTY + testClass, null, only, 1, Duration.ZERO);
    }

    /** Returns the tests of an abstract class, which the class with the suffix IT runs, and that with Test on the model. */
    static Part both(String name) {
        return new Part(NETTY + name + "IT", NETTY + name + "Test", "Abstract" + name + "Test", 1, Duration.ZERO);
    }

    /** Returns the same tests, repeated on all processors. */
    Part repeated(int most, int seconds) {
        return new Part(testClass, modelClass, only, most, Duration.ofSeconds(seconds));
    }

    boolean isRepeated() {
        return rounds > 1;
    }
}
