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
package org.namedpipe.npcat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

class NpcatTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine command = Npcat.commandLine();
        command.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }

    private void assertIsRefused(String error, String... arguments) {
        assertThat(run(arguments)).isEqualTo(2);
        assertThat(err.toString()).contains(error).contains("Usage: npcat ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void helpNamesAllOptionsAndExitCodes() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("Usage: npcat ", "NAME", "--listen", "--keep-open", "--message", "--hex ", "--hex-input")
                .contains("--quit", "--half-close", "--who", "--help", "--version")
                .containsSubsequence("Exit codes:", "  0 ", "  1 ", "  2 ", "  3 ");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aNameIsRequired() {
        assertIsRefused("Missing required parameter: 'NAME'");
    }

    @Test
    void aPathOfSomethingElseIsRefused() {
        assertIsRefused("Invalid value for positional parameter at index 0 (NAME)", "\\\\a\\b");
    }

    @Test
    void anUnknownOptionIsRefused() {
        assertIsRefused("Unknown option: '--bytes'", "--bytes", "orders");
    }

    @Test
    void keepOpenIsForListenersOnly() {
        assertIsRefused("-k needs -l", "-k", "orders");
    }

    @Test
    void oneOptionSaysWhatTheEndOfTheInputDoes() {
        assertIsRefused("-q and -N exclude each other", "-q", "-N", "orders");
    }

    /** On another system than Windows there is no pipe either. */
    @Test
    void aPipeThatDoesNotExistIsAnErrorOfTheConnection() {
        assertThat(run("npcat-" + UUID.randomUUID())).isEqualTo(1);
        assertThat(err.toString()).startsWith("npcat: ").hasLineCount(1);
    }

    @Test
    void theVersionIsPrinted() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("npcat ");
    }
}
