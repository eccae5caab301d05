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
package org.namedpipe.netty.internal.win32;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Waits on events with the threads of the pool, on the real API. */
class WindowsWaitsIT {
    private final Kernel kernel = WindowsKernel.instance();
    private final List<Long> events = new ArrayList<>();

    @AfterEach
    void close() {
        events.forEach(event -> assertThat(kernel.closeHandle(event)).isZero());
    }

    private long event() {
        long event = kernel.createEvent();
        assertThat(event).isPositive();
        events.add(event);
        return event;
    }

    private long register(long event, WaitListener signalled) {
        long wait = kernel.registerWait(event, signalled);
        assertThat(wait).isPositive();
        return wait;
    }

    private void unregister(long wait) {
        assertThat(kernel.unregisterWait(wait)).isZero();
    }

    private static void acquire(Semaphore fired) throws InterruptedException {
        assertThat(fired.tryAcquire(20, SECONDS)).as("fired").isTrue();
    }

    @Test
    void firesOncePerSignal() throws Exception {
        Semaphore fired = new Semaphore(0);
        long event = event();
        long wait = register(event, fired::release);
        for (int i = 0; i < 1000; i++) {
            JnaTestCalls.setEvent(event);
            acquire(fired);
        }
        unregister(wait);

        assertThat(fired.availablePermits()).isZero();
    }

    @Test
    void firesForAnEarlierSignal() throws Exception {
        Semaphore fired = new Semaphore(0);
        long event = event();
        JnaTestCalls.setEvent(event);
        long wait = register(event, fired::release);
        acquire(fired);
        unregister(wait);

        assertThat(fired.availablePermits()).isZero();
    }

    @Test
    void runsOnDaemonThreadsThatStayAttached() throws Exception {
        Set<Thread> threads = Collections.synchronizedSet(new HashSet<>());
        Semaphore fired = new Semaphore(0);
        long event = event();
        long wait = register(event, () -> {
            threads.add(Thread.currentThread());
            fired.release();
        });
        for (int i = 0; i < 100; i++) {
            JnaTestCalls.setEvent(event);
            acquire(fired);
        }
        unregister(wait);

        // A thread that is detached and attached again has another Thread object.
        assertThat(threads).hasSizeLessThan(10).allMatch(Thread::isDaemon).allMatch(Thread::isAlive);
    }

    @Test
    void noCallbackRunsAfterUnregister() throws Exception {
        long event = event();
        AtomicInteger signals = new AtomicInteger();
        AtomicBoolean stop = new AtomicBoolean();
        Thread signaller = new Thread(() -> {
            while (!stop.get()) {
                JnaTestCalls.setEvent(event);
                signals.incrementAndGet();
            }
        });
        signaller.start();
        try {
            for (int round = 0; round < 200; round++) {
                CountDownLatch running = new CountDownLatch(1);
                AtomicInteger inside = new AtomicInteger();
                AtomicInteger runs = new AtomicInteger();
                long wait = register(event, () -> {
                    inside.incrementAndGet();
                    runs.incrementAndGet();
                    running.countDown();
                    kernel.closeHandle(kernel.createEvent()); // takes some time
                    inside.decrementAndGet();
                });
                assertThat(running.await(20, SECONDS)).isTrue();

                unregister(wait);

                assertThat(inside.get()).as("still running").isZero();
                int runsThen = runs.get();
                // The event is still signalled. A new wait fires, so an old one would have fired too.
                Semaphore fired = new Semaphore(0);
                long later = register(event, fired::release);
                acquire(fired);
                unregister(later);
                assertThat(runs.get()).isEqualTo(runsThen);
            }
        } finally {
            stop.set(true);
            signaller.join();
        }
        assertThat(signals.get()).isPositive();
    }

    @Test
    void refusesAnUnregisteredWait() throws Exception {
        long wait = register(event(), () -> {});
        unregister(wait);

        assertThat(kernel.unregisterWait(wait)).isEqualTo(Win32Error.ERROR_INVALID_HANDLE);
    }

    @Test
    void hundredsOfWaitsKeepTheirOwnActions() throws Exception {
        int count = 300;
        AtomicInteger[] runs = new AtomicInteger[count];
        long[] waits = new long[count];
        Semaphore fired = new Semaphore(0);
        for (int i = 0; i < count; i++) {
            AtomicInteger own = new AtomicInteger();
            runs[i] = own;
            waits[i] = register(event(), () -> {
                own.incrementAndGet();
                fired.release();
            });
        }
        for (int i = 0; i < count; i += 2) {
            unregister(waits[i]);
        }
        events.forEach(JnaTestCalls::setEvent);
        assertThat(fired.tryAcquire(count / 2, 20, SECONDS)).isTrue();
        for (int i = 1; i < count; i += 2) {
            unregister(waits[i]);
        }

        for (int i = 0; i < count; i++) {
            assertThat(runs[i].get()).as("runs of %s", i).isEqualTo(i % 2);
        }
    }
}
