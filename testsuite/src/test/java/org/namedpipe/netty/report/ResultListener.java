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

import java.util.Map;
import java.util.function.Consumer;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Converts the events of JUnit to results. Report entries become figures. */
final class ResultListener implements TestExecutionListener {
    private final TestResult.Kind kind;
    private final Consumer<TestResult> results;

    ResultListener(TestResult.Kind kind, Consumer<TestResult> results) {
        this.kind = kind;
        this.results = results;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        if (!plan.containsTests()) {
            add("(no test)", Status.FAILED, "the test does not exist in this build");
        }
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        if (test.isTest()) {
            results.accept(TestResult.started(nameOf(test)));
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        add(nameOf(test), Status.SKIPPED, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        String detail = result.getThrowable().map(Failure::describe).orElse("");
        switch (result.getStatus()) {
            case SUCCESSFUL -> {
                if (test.isTest()) {
                    add(nameOf(test), Status.PASSED, "");
                }
            }
            case ABORTED -> add(nameOf(test), Status.SKIPPED, detail);
            case FAILED -> add(nameOf(test), Status.FAILED, detail);
        }
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        for (Map.Entry<String, String> figure : entry.getKeyValuePairs().entrySet()) {
            results.accept(TestResult.figure(figure.getKey() + ": " + figure.getValue()));
        }
    }

    private void add(String test, Status status, String detail) {
        results.accept(new TestResult(kind, test, status, detail));
    }

    /** Returns the name of the class or interface that declares the test, and that of the test. */
    private static String nameOf(TestIdentifier test) {
        if (test.getSource().orElse(null) instanceof MethodSource method) {
            String name = method.getJavaMethod().getDeclaringClass().getSimpleName() + '.' + method.getMethodName();
            return test.isContainer() || test.getDisplayName().startsWith(method.getMethodName())
                    ? name
                    : name + ' ' + test.getDisplayName();
        }
        return test.getSource().orElse(null) instanceof ClassSource type
                ? type.getJavaClass().getSimpleName()
                : test.getDisplayName();
    }
}
