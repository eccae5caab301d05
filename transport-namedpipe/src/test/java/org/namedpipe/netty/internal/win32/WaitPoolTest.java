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

import static org.assertj.core.api.Assertions.assertThat;

import java.security.AccessControlContext;
import java.security.AccessController;
import java.security.Permission;
import java.security.PrivilegedAction;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.testing.Await;

/** The threads that wait for events. Every wait has a thread or fails, also after an error of a thread. */
class WaitPoolTest {
    private static final int SHORT_OF_MEMORY = Win32Error.ERROR_NO_SYSTEM_RESOURCES;

    private final FakeWaitCalls calls = new FakeWaitCalls();
    private final AtomicBoolean noThreads = new AtomicBoolean();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final WaitPool pool = new WaitPool(calls, this::newThread);

    private Thread newThread(Runnable body) {
        if (noThreads.get()) {
            return new Thread(body) {
                @Override
                public synchronized void start() {
                    throw new OutOfMemoryError("simulated: unable to create native thread");
                }
            };
        }
        Thread thread = WaitPool.newThread(body);
        threads.add(thread);
        return thread;
    }

    /** Counts the calls of a listener. */
    private static final class Counted implements WaitListener {
        final Semaphore signals = new Semaphore(0);
        final Semaphore failures = new Semaphore(0);
        final AtomicInteger code = new AtomicInteger();

        @Override
        public void signalled() {
            signals.release();
        }

        @Override
        public void failed(int failure) {
            code.set(failure);
            failures.release();
        }

        void awaitSignal() throws InterruptedException {
            assertThat(signals.tryAcquire(20, TimeUnit.SECONDS)).as("signalled").isTrue();
        }

        void awaitFailure() throws InterruptedException {
            assertThat(failures.tryAcquire(20, TimeUnit.SECONDS)).as("failed").isTrue();
        }
    }

    @AfterEach
    void aThreadEndsWithoutWaits() throws Exception {
        assertThat(pool.waits()).isZero();
        Await.until(() -> {
            calls.passIdleTime();
            return pool.threads() == 0;
        });
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(calls.events()).as("events").isZero();
    }

    private void end(long wait, long event) {
        pool.unregister(wait);
        calls.closeEvent(event);
    }

    @Test
    void aThreadThatCannotBeStartedFailsTheWait() throws Exception {
        long event = calls.createEvent();
        noThreads.set(true);
        assertThat(pool.register(event, new Counted())).isEqualTo(-Win32Error.ERROR_NOT_ENOUGH_MEMORY);
        assertThat(pool.threads()).isZero();
        assertThat(pool.waits()).isZero();
        assertThat(calls.events()).as("the control event is closed").isEqualTo(1);

        noThreads.set(false);
        Counted listener = new Counted();
        long wait = pool.register(event, listener);
        calls.setEvent(event);
        listener.awaitSignal();
        end(wait, event);
    }

    @Test
    void aThreadWithoutMemoryFailsTheWait() {
        long event = calls.createEvent();
        MemoryFaults faults = MemoryFaults.inject(() -> {
            throw MemoryFaults.error();
        });
        try {
            assertThat(pool.register(event, new Counted())).isEqualTo(-Win32Error.ERROR_NOT_ENOUGH_MEMORY);
        } finally {
            faults.close();
        }
        assertThat(calls.events()).isEqualTo(1);
        calls.closeEvent(event);
    }

    @Test
    void theWaitsOfAThreadThatEndsMoveToAnother() throws Exception {
        List<Counted> listeners = new ArrayList<>();
        long[] events = new long[WaitThread.MAX_WAITS];
        long[] waits = new long[events.length];
        for (int i = 0; i < events.length; i++) {
            events[i] = calls.createEvent();
            listeners.add(new Counted());
            waits[i] = pool.register(events[i], listeners.get(i));
        }
        calls.fail(WaitThread.MAX_FAILURES, SHORT_OF_MEMORY);
        threads.get(0).join();
        for (int i = 0; i < events.length; i++) {
            calls.setEvent(events[i]);
            listeners.get(i).awaitSignal();
        }
        assertThat(threads).hasSize(2);
        for (int i = 0; i < events.length; i++) {
            end(waits[i], events[i]);
        }
    }

    @Test
    void waitsThatCannotMoveFail() throws Exception {
        long event = calls.createEvent();
        Counted listener = new Counted();
        long wait = pool.register(event, listener);
        noThreads.set(true);
        calls.fail(WaitThread.MAX_FAILURES, SHORT_OF_MEMORY);
        listener.awaitFailure();
        assertThat(listener.code).hasValue(SHORT_OF_MEMORY);
        threads.get(0).join();
        assertThat(pool.unregister(wait)).isEqualTo(Win32Error.ERROR_INVALID_HANDLE);
        assertThat(pool.threads()).isZero();
        calls.closeEvent(event);
    }

    @Test
    void endingAWaitReturnsWhileItsThreadEnds() throws Exception {
        long event = calls.createEvent();
        CountDownLatch failing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        long wait = pool.register(event, new WaitListener() {
            @Override
            public void signalled() {}

            @Override
            public void failed(int code) {
                failing.countDown();
                try {
                    Await.done(goOn);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                ended.set(true);
            }
        });
        noThreads.set(true);
        calls.fail(WaitThread.MAX_FAILURES, SHORT_OF_MEMORY);
        Await.done(failing);
        AtomicBoolean endedFirst = new AtomicBoolean();
        Thread other = new Thread(() -> {
            pool.unregister(wait);
            endedFirst.set(ended.get());
        });
        other.start();
        Await.until(() -> other.getState() == Thread.State.WAITING);
        goOn.countDown();
        other.join();
        assertThat(endedFirst).as("it waits for a listener that is running").isTrue();
        threads.get(0).join();
        calls.closeEvent(event);
    }

    @Test
    void anEventThatCannotBeWaitedForFailsAlone() throws Exception {
        long event = calls.createEvent();
        Counted listener = new Counted();
        Counted lost = new Counted();
        long wait = pool.register(event, listener);
        pool.register(4711, lost);
        lost.awaitFailure();
        assertThat(lost.code).hasValue(Win32Error.ERROR_INVALID_HANDLE);
        calls.setEvent(event);
        listener.awaitSignal();
        assertThat(threads).hasSize(1);
        assertThat(listener.failures.availablePermits()).isZero();
        end(wait, event);
    }

    @Test
    void aListenerThatThrowsDoesNotStopTheOthers() throws Exception {
        long[] events = {calls.createEvent(), calls.createEvent()};
        Counted listener = new Counted();
        Semaphore thrown = new Semaphore(0);
        long throwing = pool.register(events[0], () -> {
            thrown.release();
            throw MemoryFaults.error();
        });
        long wait = pool.register(events[1], listener);
        for (int i = 0; i < 3; i++) {
            calls.setEvent(events[0]);
            assertThat(thrown.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            calls.setEvent(events[1]);
            listener.awaitSignal();
        }
        assertThat(threads).hasSize(1);
        end(throwing, events[0]);
        end(wait, events[1]);
    }

    @Test
    void aThreadWithoutWaitsEndsAndAnotherFollows() throws Exception {
        for (int i = 1; i <= 3; i++) {
            long event = calls.createEvent();
            Counted listener = new Counted();
            long wait = pool.register(event, listener);
            calls.setEvent(event);
            listener.awaitSignal();
            assertThat(threads).hasSize(i);
            end(wait, event);
            aThreadEndsWithoutWaits();
        }
    }

    @Test
    @SuppressWarnings("removal") // needed to assert that the thread has no access context
    void aThreadDoesNotInheritFromItsCreator() throws Exception {
        AtomicBoolean asked = new AtomicBoolean();
        ProtectionDomain creator = new ProtectionDomain(null, null) {
            @Override
            public boolean implies(Permission permission) {
                asked.set(true);
                return true;
            }
        };
        Runnable body = () -> AccessController.checkPermission(new RuntimePermission("exitVM"));
        AccessControlContext context = new AccessControlContext(new ProtectionDomain[] {creator});
        Thread thread =
                AccessController.doPrivileged((PrivilegedAction<Thread>) () -> WaitPool.newThread(body), context);
        thread.start();
        thread.join();
        assertThat(asked).as("the access context of the creator").isFalse();
        assertThat(WaitPool.newThread(body).getContextClassLoader()).isNull();
        assertThat(thread.isDaemon()).isTrue();

        Thread inheriting = AccessController.doPrivileged((PrivilegedAction<Thread>) () -> new Thread(body), context);
        inheriting.start();
        inheriting.join();
        assertThat(asked).as("a thread that inherits the access context").isTrue();
    }
}
