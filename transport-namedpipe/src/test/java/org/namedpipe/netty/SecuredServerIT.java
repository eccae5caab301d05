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
package org.namedpipe.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelFuture;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.EnabledOnRealWindows;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.OtherEnd;
import org.namedpipe.netty.testing.TestLoops;
import org.namedpipe.netty.testing.TestProcess;

/**
 * Descriptors on the real API: Windows accepts each preset, returns it, also to another process, and reports each fault.
 * {@code RealWindowsSecurityIT} tests their effect on other processes.
 */
class SecuredServerIT {
    private static final int SECURITY_FLAGS =
            Win32Constants.SECURITY_SQOS_PRESENT | Win32Constants.SECURITY_IDENTIFICATION;

    private final Kernel kernel = WindowsKernel.instance();
    private final TestLoops loops = new TestLoops(kernel);

    @AfterEach
    void close() {
        loops.close();
    }

    private ChannelFuture bind(NamedPipeSecurity security) {
        return Boot.server(loops.group(1))
                .option(NamedPipeChannelOption.SECURITY, security)
                .bind(Names.fresh());
    }

    private NamedPipeServerChannel bound(NamedPipeSecurity security) throws Exception {
        return (NamedPipeServerChannel) Await.channel(bind(security));
    }

    private String readBack(NamedPipeSecurity security) throws Exception {
        return Await.get(bound(security).securityDescriptor());
    }

    @Test
    void presetsAreReadBack() throws Exception {
        // Windows may return an alias of a user, so the owner is compared with the first entry.
        // An elevated server, as each server is under Wine, has fewer rights, and a label, which Wine drops.
        String server = "D:P\\(A;;(FA|0x12019f);;;";
        String label = "(S:.*\\(ML;;(N[WRX]){3};;;(HI|SI)\\))?";
        assertThat(readBack(NamedPipeSecurity.currentUser()))
                .matches("O:([^:]+?)(G:[^:]+)?" + server.replace("(FA", "(?:FA") + "\\1\\)" + label);
        assertThat(readBack(NamedPipeSecurity.currentLogonSession()))
                .matches(".*" + server + kernel.currentLogonSid() + "\\)" + label);
        assertThat(readBack(NamedPipeSecurity.administrators())).matches(".*\\(A;;0x12019b;;;BA\\)" + label);
        assertThat(readBack(NamedPipeSecurity.currentUserAtAnyIntegrity()))
                .matches("O:([^:]+?)(G:[^:]+)?D:.*\\(A;;0x12019b;;;\\1\\)");
        assertThat(readBack(NamedPipeSecurity.interactiveUsers())).endsWith("(A;;0x12019b;;;IU)");
        assertThat(readBack(NamedPipeSecurity.everyone())).endsWith("(A;;0x12019b;;;WD)");
    }

    @Test
    void controlForEveryoneIsRefusedUnlessAllowed() throws Exception {
        for (String sddl : List.of("D:P(A;;FA;;;WD)", "D:P(A;;FA;;;SY)(A;;GRGW;;;AU)")) {
            assertThat(Await.failure(bind(NamedPipeSecurity.ofSddl(sddl))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("FILE_CREATE_PIPE_INSTANCE", sddl);
        }
        assertThat(Await.failure(bind(NamedPipeSecurity.ofSddl("O:BA"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without DACL");
        assertThat(readBack(NamedPipeSecurity.ofUnsafeSddl("D:P(A;;FA;;;WD)"))).endsWith("D:P(A;;FA;;;WD)");
    }

    @Test
    @EnabledOnRealWindows("keeps no mandatory label")
    void aLabelIsReadBack() throws Exception {
        String sddl = "D:P(A;;FA;;;" + kernel.currentUserSid() + ")S:(ML;;NWNRNX;;;ME)";

        assertThat(readBack(NamedPipeSecurity.ofSddl(sddl))).matches(".*S:.*\\(ML;;(N[WRX]){3};;;ME\\)");
    }

    @Test
    void anotherProcessSeesTheServerAndItsDescriptor() throws Exception {
        try (TestProcess other = OtherEnd.start()) {
            for (NamedPipeSecurity security : List.of(
                    NamedPipeSecurity.currentUser(),
                    NamedPipeSecurity.currentLogonSession(),
                    NamedPipeSecurity.everyone())) {
                NamedPipeServerChannel server = bound(security);
                String path = Objects.requireNonNull(server.localAddress()).path();

                assertThat(other.ask("connect " + path + ' ' + SECURITY_FLAGS)).isEqualTo("done");
                assertThat(other.ask("server"))
                        .isEqualTo(Long.toString(ProcessHandle.current().pid()))
                        .isNotEqualTo(Long.toString(other.pid()));
                assertThat(other.ask("descriptor")).isEqualTo(Await.get(server.securityDescriptor()));
            }
        }
    }

    @Test
    void accountsAreReadBack() throws Exception {
        String administrators = kernel.accountName("S-1-5-32-544");

        assertThat(readBack(NamedPipeSecurity.builder()
                        .allow(administrators, NamedPipeSecurity.Access.READ)
                        .allow("S-1-5-21-1-2-3-77", NamedPipeSecurity.Access.WRITE)
                        .build()))
                .contains("(A;;0x120189;;;BA)(A;;0x120192;;;S-1-5-21-1-2-3-77)");
    }

    @Test
    void anUnknownAccountIsRefused() {
        NamedPipeSecurity unknown = NamedPipeSecurity.builder()
                .allow("no-such-account-here", NamedPipeSecurity.Access.READ)
                .build();
        assertThat(Await.failure(bind(unknown)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no such account");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "D:P(A;;FA;;;SY)(A;;XX;;;BA)    | no such rights at position 19, not 'XX'",
                "D:P(A;;FA;;;SY)(A;;FA;;;NOONE) | no such account at position 24, not 'NOONE'",
                "D:P(Z;;FA;;;SY)                | no such type at position 4, not 'Z'",
                "O:XQD:P(A;;FA;;;SY)            | no such account at position 2, not 'XQ'",
                "D:(A;;FA;;SY)                  | an entry of 6 fields is expected, separated by semicolons at position 2",
            })
    void aFaultInADescriptorIsReportedWithItsPosition(String sddl, String fault) {
        assertThat(Await.failure(bind(NamedPipeSecurity.ofSddl(sddl))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(fault);
    }
}
