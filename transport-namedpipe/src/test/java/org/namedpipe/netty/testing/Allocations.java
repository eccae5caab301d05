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
package org.namedpipe.netty.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Measures what code allocates on the current thread. */
public final class Allocations {
    private static final int ROUNDS = 10_000;
    /** After that many rounds on a busy machine too, all is compiled. */
    private static final int MAX_REPETITIONS = 20;

    private static final MethodHandle ALLOCATED_BYTES = allocatedBytes();

    private Allocations() {}

    /** {@code com.sun.management.ThreadMXBean}, by name because the module under test does not read its module. */
    private static MethodHandle allocatedBytes() {
        try {
            Object threads = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            return MethodHandles.publicLookup()
                    .findVirtual(
                            Class.forName("com.sun.management.ThreadMXBean"),
                            "getCurrentThreadAllocatedBytes",
                            MethodType.methodType(long.class))
                    .bindTo(threads);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /**
     * Fails if a round still allocates when the JVM has compiled it. The first rounds link methods and fill thread-local caches, and
     * a downcall of {@code java.lang.foreign} allocates a view of its memory until it is compiled.
     */
    public static void assertNone(Runnable round) throws Throwable {
        repeat(round);
        long allocated = ROUNDS;
        for (int i = 0; i < MAX_REPETITIONS && allocated >= ROUNDS; i++) {
            long before = (long) ALLOCATED_BYTES.invokeExact();
            repeat(round);
            allocated = (long) ALLOCATED_BYTES.invokeExact() - before;
        }
        // The JVM may allocate a little by itself, but less than a byte in each round.
        assertThat(allocated).as("bytes allocated by %s rounds", ROUNDS).isLessThan(ROUNDS);
    }

    private static void repeat(Runnable round) {
        for (int i = 0; i < ROUNDS; i++) {
            round.run();
        }
    }
}
