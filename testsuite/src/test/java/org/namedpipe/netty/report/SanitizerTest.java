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

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SanitizerTest {
    private final Sanitizer sanitizer = new Sanitizer()
            .folder("C:\\Users\\Jane Doe", "<folder>")
            .folder("D:\\sources\\pipes\\", "<project>")
            .word("Jane Doe", "<user>")
            .word("jd", "<user>")
            .word("ORDERS-PC", "<computer>");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Jane Doe",
                "user JANE DOE is here",
                "ORDERS-PC\\jd: access denied",
                "\\\\orders-pc\\pipe\\x",
                "orders-pc.example.org",
                "C:\\Users\\Jane Doe\\.m2\\repository\\netty.jar",
                "c:/users/jane doe/.m2/repository/netty.jar",
                "file:/C:/Users/Jane%20Doe/x.jar",
                "jar:file:///C:/Users/Jane%20Doe/x.jar!/org/x",
                "C:\\\\Users\\\\Jane Doe\\\\x",
                "D:\\sources\\pipes\\target\\x.log",
                "\"D:/sources/pipes/target\"",
                "at /home/jane/project/x.java",
                "E:\\secret\\file.txt",
                "in C:\\Users\\Jane Doe\\Secret Project\\Work\\x.txt (line 3)",
                "C:\\Users\\Doe\\secret"
            })
    void removesNamesAndPaths(String text) {
        assertThat(sanitizer.clean(text).toLowerCase(Locale.ROOT))
                .doesNotContain(
                        "jane", "doe", "jd", "orders-pc", "sources", "pipes\\", "users", "secret", "home", "m2");
    }

    @Test
    void removesSidsOfUsersAndKeepsWellKnownSids() {
        assertThat(sanitizer.clean("O:S-1-5-21-1111-2222-3333-1001D:P(A;;FA;;;S-1-12-1-7-8-9)(A;;FA;;;S-1-5-32-544)"))
                .isEqualTo("O:<user's SID>D:P(A;;FA;;;<user's SID>)(A;;FA;;;S-1-5-32-544)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CreateNamedPipe(\\\\.\\pipe\\netty-test-12-3) failed: ERROR_ACCESS_DENIED (5)",
                "CreateFile(\\\\127.0.0.1\\pipe\\netty-test-12-3) failed",
                "    at java.base/java.lang.Thread.run(Thread.java:840)",
                "    at app//org.namedpipe.netty.PipeReader.read(PipeReader.java:84)",
                "64 bytes: 12,000 round trips/s, 0.7 MiB/s each way",
                "pipe / TCP: 0.8",
                "CreateNamedPipe/ConnectNamedPipe, 3.0/5",
                "adjdust",
                "D:P(A;;FA;;;WD), 3/4 of 5: see https://example.org/x"
            })
    void keepsOtherText(String text) {
        assertThat(sanitizer.clean(text)).isEqualTo(text);
    }

    @Test
    void removesTheUserOfThisProcess() {
        String user = System.getProperty("user.name");
        String text =
                "user " + user + " in " + System.getProperty("user.home") + " and " + System.getProperty("user.dir");

        String clean = Sanitizer.ofThisProcess().clean(text);

        assertThat(clean).matches("(?s)user <user> in <(folder|path)> and <(folder|path)>\\S*");
    }

    @Test
    void ignoresNamesThatAreNotSet() {
        assertThat(new Sanitizer()
                        .word(null, "<user>")
                        .word(" ", "<user>")
                        .folder(null, "<folder>")
                        .clean("a b"))
                .isEqualTo("a b");
    }
}
