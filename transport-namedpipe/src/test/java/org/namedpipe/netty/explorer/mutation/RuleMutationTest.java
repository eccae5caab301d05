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
package org.namedpipe.netty.explorer.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.namedpipe.netty.explorer.NettyLoggingOff;

/** The test of a rule must fail with the mutant that breaks the rule, and pass without it. */
@ExtendWith(NettyLoggingOff.class)
class RuleMutationTest {

    @ParameterizedTest
    @EnumSource
    void theTestFindsTheMutant(RuleMutant mutant) throws ClassNotFoundException {
        MutantLoader loader = new MutantLoader(mutant.edits());
        TestExecutionSummary summary = run(loader, mutant.test());
        assertThat(loader.applied()).as("applied edits").containsAll(mutant.edits());
        assertThat(summary.getTestsFailedCount()).as("failed tests").isPositive();
        System.out.printf(
                "%s: %s%n",
                mutant, summary.getFailures().get(0).getTestIdentifier().getDisplayName());
    }

    static Stream<String> tests() {
        return Stream.of(RuleMutant.values()).map(RuleMutant::test).distinct();
    }

    @ParameterizedTest
    @MethodSource("tests")
    void theTestPassesWithoutMutant(String test) throws ClassNotFoundException {
        TestExecutionSummary summary = run(new MutantLoader(List.of()), test);
        assertThat(summary.getFailures()).isEmpty();
        assertThat(summary.getTestsSucceededCount()).isPositive();
    }

    private static TestExecutionSummary run(ClassLoader loader, String test) throws ClassNotFoundException {
        String[] parts = test.split("#", 2);
        Class<?> testClass = loader.loadClass(parts[0]);
        DiscoverySelector selector = parts.length == 1 ? selectClass(testClass) : selectMethod(testClass, parts[1]);
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selector)
                                .build(),
                        listener);
        return listener.getSummary();
    }
}
