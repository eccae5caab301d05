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
package org.namedpipe.netty.explorer;

import java.util.List;
import java.util.SplittableRandom;

/** The only source of randomness in a run, so that the seed determines the run. */
final class RandomSource {
    /** The step of SplittableRandom's state. A generator whose seed is n steps higher begins with the value after n values. */
    private static final long STEP = 0x9E37_79B9_7F4A_7C15L;

    private final long seed;
    private SplittableRandom random;
    private long position;

    RandomSource(long seed) {
        this.seed = seed;
        random = new SplittableRandom(seed);
    }

    /** Returns the number of values drawn so far. */
    long position() {
        return position;
    }

    /** Continues with the values that follow the first {@code newPosition} values of the seed. */
    void moveTo(long newPosition) {
        position = newPosition;
        random = new SplittableRandom(seed + newPosition * STEP);
    }

    /** Returns a number from 0 to {@code bound - 1}. */
    int below(int bound) {
        position++;
        return random.nextInt(bound);
    }

    /** Returns a number from {@code low} to {@code high}, both included. */
    int between(int low, int high) {
        return low + below(high - low + 1);
    }

    /** Returns true with a probability of 1 / {@code n}; never for 0. */
    boolean oneIn(int n) {
        return n > 0 && below(n) == 0;
    }

    int pick(int... choices) {
        return choices[below(choices.length)];
    }

    <T> T pick(T[] choices) {
        return choices[below(choices.length)];
    }

    <T> T pick(List<T> choices) {
        return choices.get(below(choices.size()));
    }
}
