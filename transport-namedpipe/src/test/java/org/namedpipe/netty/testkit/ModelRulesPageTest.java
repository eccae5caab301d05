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

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** That {@code docs/model-rules.md} says what the contract says, and that Windows confirms nearly all of it. */
class ModelRulesPageTest {
    private static final Path PAGE = Path.of(System.getProperty("basedir", "."), "..", "docs", "model-rules.md");
    private static final int LEAST_PERCENTAGE = 90;
    private static final String HEAD = """
            # Rules of the model

            <!-- Made by ModelRulesPageTest from the annotations @Source of the contract. Do not edit. -->

            The tests replace Windows by a model of its named pipes and completion ports. The contract asserts each rule on the model
            (`SimulatedKernelContractTest`) and on the real API (`JnaKernelContractIT`), which CI runs on Wine 8 and on Wine 10.
            This page lists each rule, and where the behaviour of Windows is recorded. Tests of the projects Wine and ReactOS are
            read, not copied: Wine's authors run theirs on Windows too.

            Where the last column is empty, Windows (by the record), Wine 8, Wine 10 and the model all do what the rule says. Where
            it is not, the model does what Windows does unless the column says otherwise, and the contract asserts the outcome of
            each. No rule has one outcome on Wine 8 and another on Wine 10.

            """;

    private static List<Class<?>> contracts() {
        return Arrays.stream(KernelContract.class.getInterfaces()).toList();
    }

    private static List<Method> rules(Class<?> contract) {
        return Arrays.stream(contract.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .sorted(Comparator.comparing(Method::getName))
                .toList();
    }

    private static Stream<Method> rules() {
        return contracts().stream().flatMap(contract -> rules(contract).stream());
    }

    private static @Nullable Source source(Method rule) {
        return rule.getAnnotation(Source.class);
    }

    private static Source requiredSource(Method rule) {
        return Objects.requireNonNull(source(rule));
    }

    private static long percentage() {
        long ofWindows = rules().filter(rule -> requiredSource(rule).value().isOfWindows())
                .count();
        return 100 * ofWindows / rules().count();
    }

    /** "aReadPends" is "A read pends". */
    private static String sentence(String name) {
        String words =
                name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=A)(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static String row(Method rule) {
        Source source = requiredSource(rule);
        return "| " + sentence(rule.getName()) + " | " + source.value().describe(source.at()) + " | "
                + differences(source) + " |\n";
    }

    private static String differences(Source source) {
        List<String> differences = Stream.of(
                        labelled("Windows", source.windows()),
                        labelled("Wine 8 and 10", source.wine()),
                        labelled("Model", source.model()))
                .filter(text -> !text.isEmpty())
                .toList();
        return String.join("; ", differences);
    }

    private static String labelled(String who, String what) {
        return what.isEmpty() ? "" : who + ": " + what;
    }

    private static String title(Class<?> contract) {
        return contract.getSimpleName().replace("Contract", "");
    }

    private static String page() {
        StringBuilder page = new StringBuilder(HEAD);
        page.append("Windows confirms ")
                .append(percentage())
                .append(" % of the ")
                .append(rules().count())
                .append(" rules. It does not confirm these:\n\n");
        contracts()
                .forEach(contract -> rules(contract).stream()
                        .filter(rule -> !requiredSource(rule).value().isOfWindows())
                        .forEach(rule -> page.append("- ")
                                .append(title(contract))
                                .append(": ")
                                .append(sentence(rule.getName()))
                                .append(".\n")));
        for (Class<?> contract : contracts()) {
            page.append("\n## ").append(title(contract)).append("\n\n");
            page.append("| rule | recorded in | where they differ |\n|---|---|---|\n");
            rules(contract).forEach(rule -> page.append(row(rule)));
        }
        return page.toString();
    }

    @Test
    void everyRuleNamesItsSource() {
        assertThat(rules().filter(rule -> source(rule) == null))
                .as("rules of the contract without @Source")
                .isEmpty();
        assertThat(rules().filter(rule -> requiredSource(rule).value() != Source.Kind.NONE
                        && requiredSource(rule).at().isEmpty()))
                .as("rules whose @Source does not say where")
                .isEmpty();
    }

    @Test
    void windowsConfirmsNearlyEveryRule() {
        assertThat(percentage()).isGreaterThanOrEqualTo(LEAST_PERCENTAGE);
    }

    @Test
    void thePageSaysWhatTheAnnotationsSay() throws IOException {
        if (Boolean.getBoolean("write.rules")) {
            Files.writeString(PAGE, page());
        }
        assertThat(Files.readString(PAGE))
                .as("docs/model-rules.md; to write it anew: mvn test -pl transport-namedpipe -Dtest=ModelRulesPageTest"
                        + " -Dwrite.rules=true")
                .isEqualTo(page());
    }
}
