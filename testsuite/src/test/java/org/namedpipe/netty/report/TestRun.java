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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the tests of a check in this process, on the real API and then on the model. */
final class TestRun {
    private static final int MOST_THREADS = 8;

    private final Check check;
    private final Consumer<TestResult> results;

    TestRun(Check check, Consumer<TestResult> results) {
        this.check = check;
        this.results = results;
    }

    void run() {
        for (Part part : check.parts()) {
            if (part.isRepeated()) {
                repeat(part);
            } else {
                once(part.testClass(), part.only(), TestResult.Kind.REAL);
            }
            if (part.modelClass() != null) {
                once(part.modelClass(), part.only(), TestResult.Kind.MODEL);
            }
        }
    }

    /** Returns the number of selected test methods. */
    static long count(String testClass, String only) {
        LauncherDiscoveryRequest request =
                new TestRun(Check.of("", 0), result -> {}).request(DiscoverySelectors.selectClass(testClass), only);
        return methods(LauncherFactory.create().discover(request)).size();
    }

    private void once(String testClass, String only, TestResult.Kind kind) {
        Launcher launcher = LauncherFactory.create();
        launcher.execute(request(DiscoverySelectors.selectClass(testClass), only), new ResultListener(kind, results));
    }

    /** Runs rounds on one thread per processor. Reports each failure, and all passed tests as one result. */
    private void repeat(Part part) {
        Launcher launcher = LauncherFactory.create();
        TestPlan plan = launcher.discover(request(DiscoverySelectors.selectClass(part.testClass()), part.only()));
        List<DiscoverySelector> selectors = methods(plan);
        AtomicInteger begun = new AtomicInteger();
        RoundResults rounds = new RoundResults(results);
        long start = System.nanoTime();
        Runnable worker = () -> {
            while (begun.getAndIncrement() < part.rounds()
                    && !rounds.hasFailures()
                    && System.nanoTime() - start < part.patience().toNanos()) {
                rounds.begin();
                launcher.execute(request(selectors), new ResultListener(TestResult.Kind.REAL, rounds::add));
            }
        };
        inParallel(worker);
        rounds.summarize(part);
    }

    private static void inParallel(Runnable worker) {
        int count = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(worker, "rounds " + i);
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static List<DiscoverySelector> methods(TestPlan plan) {
        List<DiscoverySelector> selectors = new ArrayList<>();
        for (TestIdentifier root : plan.getRoots()) {
            for (TestIdentifier test : plan.getDescendants(root)) {
                if (test.getSource().orElse(null) instanceof MethodSource) {
                    selectors.add(DiscoverySelectors.selectUniqueId(test.getUniqueIdObject()));
                }
            }
        }
        return selectors;
    }

    private LauncherDiscoveryRequest request(DiscoverySelector selector, String only) {
        return builder(List.of(selector))
                .filters((PostDiscoveryFilter) test -> test.getSource().orElse(null) instanceof MethodSource method
                        ? FilterResult.includedIf(isSelected(method, only))
                        : FilterResult.included("not a method"))
                .build();
    }

    private LauncherDiscoveryRequest request(List<DiscoverySelector> selectors) {
        return builder(selectors).build();
    }

    private LauncherDiscoveryRequestBuilder builder(List<DiscoverySelector> selectors) {
        return LauncherDiscoveryRequestBuilder.request().selectors(selectors).configurationParameters(check.settings());
    }

    private static boolean isSelected(MethodSource method, String only) {
        return only.isEmpty()
                || method.getMethodName().equals(only)
                || method.getJavaMethod().getDeclaringClass().getSimpleName().equals(only);
    }
}
