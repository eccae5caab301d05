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
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.namedpipe.netty.NamedPipeSecurity.Access.READ;
import static org.namedpipe.netty.NamedPipeSecurity.Access.READ_WRITE;
import static org.namedpipe.netty.NamedPipeSecurity.Access.WRITE;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.SecurityDescriptor;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testkit.SimulatedKernel;
import org.namedpipe.netty.testkit.SimulatedProcess;
import org.namedpipe.netty.win32.WindowsException;

class NamedPipeSecurityTest {
    private static final String USER = SimulatedKernel.USER_SID;
    private static final int FILE_CREATE_PIPE_INSTANCE = 0x4;

    private final SimulatedKernel kernel = new SimulatedKernel();

    private String sddl(NamedPipeSecurity security) throws WindowsException {
        return sddl(security, kernel);
    }

    private static String sddl(NamedPipeSecurity security, Kernel process) throws WindowsException {
        try (SecurityDescriptor descriptor = security.descriptor(process)) {
            return descriptor.toString().replaceFirst("^SecurityDescriptor\\((.*)\\)$", "$1");
        }
    }

    @Test
    void currentUserGivesAccessToItsUserOnly() throws Exception {
        assertThat(sddl(NamedPipeSecurity.currentUser())).isEqualTo("O:" + USER + "D:P(A;;FA;;;" + USER + ")");
    }

    @Test
    void currentLogonSessionRefusesOtherSessionsOfTheUser() throws Exception {
        assertThat(sddl(NamedPipeSecurity.currentLogonSession())).isEqualTo("O:" + USER + "D:P(A;;FA;;;S-1-5-5-0-1)");
    }

    static Stream<NamedPipeSecurity> presetsWithOthers() {
        return Stream.of(
                NamedPipeSecurity.interactiveUsers(), NamedPipeSecurity.administrators(), NamedPipeSecurity.everyone());
    }

    @ParameterizedTest
    @MethodSource("presetsWithOthers")
    void presetsGiveOthersNoRightToCreateInstances(NamedPipeSecurity security) throws Exception {
        assertThat(sddl(security))
                .matches("O:" + USER + "D:P\\(A;;FA;;;" + USER + "\\)\\(A;;0x12019b;;;S-1-(1-0|5-4|5-32-544)\\)");
    }

    @ParameterizedTest
    @EnumSource
    void noAccessOfAClientIncludesTheRightToCreateInstances(NamedPipeSecurity.Access access) {
        assertThat(access.mask() & FILE_CREATE_PIPE_INSTANCE).isZero();
        assertThat(access.mask() & 0xF000_0000).as("generic rights").isZero();
    }

    @Test
    void accountsAreLookedUpWhenTheNameIsBound() throws Exception {
        NamedPipeSecurity security = NamedPipeSecurity.builder()
                .allow("Users", READ)
                .allow(" S-1-5-18 ", WRITE)
                .allow("BUILTIN\\Administrators", READ_WRITE)
                .build();

        assertThat(sddl(security))
                .endsWith("(A;;0x120189;;;S-1-5-32-545)(A;;0x120192;;;S-1-5-18)(A;;0x12019b;;;S-1-5-32-544)");
        assertThat(kernel.openSecurityDescriptors()).isZero();
    }

    @Test
    void anUnknownAccountIsReportedByName() {
        NamedPipeSecurity security =
                NamedPipeSecurity.builder().allow("no-such-account", READ).build();

        assertThatThrownBy(() -> sddl(security))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no such account: 'no-such-account'")
                .hasMessageContaining("ERROR_NONE_MAPPED (1332)");
    }

    @Test
    void aDomainControllerThatDoesNotAnswerIsReported() {
        kernel.faults().on("AccountSid").fail(Win32Error.ERROR_TIMEOUT);

        assertThatThrownBy(() ->
                        sddl(NamedPipeSecurity.builder().allow("far", READ).build()))
                .isInstanceOfSatisfying(
                        WindowsException.class, e -> assertThat(e.code()).isEqualTo(Win32Error.ERROR_TIMEOUT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "O:SY",
                "D:NO_ACCESS_CONTROL",
                "O:SYD:PNO_ACCESS_CONTROL",
                "S:(ML;;NW;;;LW)",
                // The text contains D:, but no DACL.
                "O:S-1-5-21-1-2-3-1001G:SYS:(ML;;NW;;;LW)",
                "S:(AU;SA;FA;;;WD)"
            })
    void aDescriptorWithoutAccessListIsRefused(String sddl) {
        for (NamedPipeSecurity security :
                List.of(NamedPipeSecurity.ofSddl(sddl), NamedPipeSecurity.ofUnsafeSddl(sddl))) {
            assertThatThrownBy(() -> sddl(security))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(sddl)
                    .hasMessageContaining("DACL");
        }
        assertThat(kernel.openSecurityDescriptors()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "D:P(A;;FA;;;WD)                | FILE_CREATE_PIPE_INSTANCE (0x4), WRITE_DAC, WRITE_OWNER for S-1-1-0",
                "D:P(A;;GA;;;WD)                | FILE_CREATE_PIPE_INSTANCE (0x4), WRITE_DAC, WRITE_OWNER for S-1-1-0",
                "D:P(A;;GRGW;;;AU)              | FILE_CREATE_PIPE_INSTANCE (0x4) for S-1-5-11",
                "D:P(A;;FW;;;BU)                | FILE_CREATE_PIPE_INSTANCE (0x4) for S-1-5-32-545",
                "D:P(A;;0x12019f;;;IU)          | FILE_CREATE_PIPE_INSTANCE (0x4) for S-1-5-4",
                "D:P(A;;0x1600a9;;;NU)          | WRITE_DAC for S-1-5-2",
                "D:P(A;;0x4;;;AN)               | FILE_CREATE_PIPE_INSTANCE (0x4) for S-1-5-7",
                "D:P(A;;WO;;;S-1-15-2-1)        | WRITE_OWNER for S-1-15-2-1",
                "D:P(A;;FA;;;S-1-5-21-9-8-7-513) | for S-1-5-21-9-8-7-513",
                "D:P(A;;FA;;;SY)(A;;GW;;;BU)    | for S-1-5-32-545",
                "D:P(D;;0x4;;;WD)(A;;FA;;;WD)   | WRITE_DAC, WRITE_OWNER for S-1-1-0",
                "D:P(A;;GW;;;WD)(D;;GW;;;WD)    | FILE_CREATE_PIPE_INSTANCE (0x4) for S-1-1-0",
                "O:WDD:P(A;;FA;;;SY)            | the owner S-1-1-0 is refused",
            })
    void controlForALargeGroupIsRefusedUnlessUnsafe(String sddl, String problem) throws Exception {
        assertThatThrownBy(() -> sddl(NamedPipeSecurity.ofSddl(sddl)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(problem, sddl);
        assertThat(sddl(NamedPipeSecurity.ofUnsafeSddl(sddl))).isEqualTo(sddl);
        assertThat(kernel.openSecurityDescriptors()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "D:P(A;;FA;;;SY)(A;;FA;;;BA)(A;;0x12019b;;;WD)",
                "D:P(A;;GR;;;WD)(A;;0x120192;;;AU)",
                "D:P(D;;FA;;;WD)(A;;FA;;;WD)",
                "D:P(A;;FA;;;S-1-5-21-9-8-7-1013)",
                "D:",
            })
    void largeGroupsMayConnect(String sddl) throws Exception {
        assertThat(sddl(NamedPipeSecurity.ofSddl(sddl))).isEqualTo(sddl);
    }

    @Test
    void aDescriptorThatCannotBeReadIsFreed() {
        kernel.faults().on("DescriptorInformation").fail(Win32Error.ERROR_INVALID_PARAMETER);

        assertThatThrownBy(() -> sddl(NamedPipeSecurity.ofSddl("D:P(A;;FA;;;SY)")))
                .isInstanceOf(WindowsException.class);
        assertThat(kernel.openSecurityDescriptors()).isZero();
    }

    @Test
    void unprintableCharactersAreNotRepeated() {
        assertThatThrownBy(() -> sddl(NamedPipeSecurity.ofSddl("D:(A;;FA;;;\u202EYS)")))
                .hasMessageContaining("'<U+202E>YS'")
                .hasMessageNotContaining("\u202E");
        assertThatThrownBy(() -> sddl(NamedPipeSecurity.builder()
                        .allow("no such\u2028account", READ)
                        .build()))
                .hasMessageContaining("'no such<U+2028>account'")
                .hasMessageNotContaining("\u2028");
    }

    @Test
    void aServerThatIsNotElevatedHasNoLabel() throws Exception {
        for (NamedPipeSecurity security : List.of(
                NamedPipeSecurity.currentUser(),
                NamedPipeSecurity.currentUserAtAnyIntegrity(),
                NamedPipeSecurity.administrators())) {
            assertThat(sddl(security))
                    .startsWith("O:" + USER + "D:P(A;;FA;;;" + USER + ")")
                    .doesNotContain("S:(");
        }
    }

    @Test
    void anElevatedServerHasALabelAndTheRightsThatItNeeds() throws Exception {
        Kernel elevated = kernel.as(SimulatedKernel.SELF.asAdministrator());
        String label = "S:(ML;;NWNRNX;;;HI)";

        assertThat(sddl(NamedPipeSecurity.currentUser(), elevated))
                .isEqualTo("O:" + USER + "D:P(A;;0x12019f;;;" + USER + ")" + label);
        assertThat(sddl(NamedPipeSecurity.administrators(), elevated))
                .isEqualTo("O:" + USER + "D:P(A;;0x12019f;;;" + USER + ")(A;;0x12019b;;;S-1-5-32-544)" + label);
        assertThat(sddl(NamedPipeSecurity.ownedByAdministrators(), elevated))
                .isEqualTo("O:S-1-5-32-544D:P(A;;0x12019f;;;S-1-5-32-544)" + label);
        assertThat(sddl(NamedPipeSecurity.currentUserAtAnyIntegrity(), elevated))
                .isEqualTo("O:" + USER + "D:P(A;;RC;;;OW)(A;;0x12019f;;;S-1-5-32-544)(A;;0x12019b;;;" + USER + ")");
    }

    @Test
    void aServiceHasTheLabelOfTheSystem() throws Exception {
        Kernel service = kernel.as(SimulatedKernel.SELF.ofIntegrity(SimulatedProcess.SYSTEM));

        assertThat(sddl(NamedPipeSecurity.currentUser(), service)).endsWith("S:(ML;;NWNRNX;;;SI)");
        assertThat(sddl(NamedPipeSecurity.administrators(), service)).endsWith("S:(ML;;NWNRNX;;;HI)");
        assertThat(sddl(NamedPipeSecurity.everyone(), service))
                .isEqualTo("O:" + USER + "D:P(A;;0x12019f;;;" + USER + ")(A;;0x12019b;;;S-1-1-0)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void anEmptyDescriptorIsRefused(String sddl) {
        assertThatThrownBy(() -> NamedPipeSecurity.ofSddl(sddl)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NamedPipeSecurity.builder().allow(sddl, READ))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "D:P(A;;FA;;;SY)(A;;XX;;;BA)    | no such rights at position 19, not 'XX'",
                "D:P(A;;FA;;;SY)(A;;FA;;;NOONE) | no such account at position 24, not 'NOONE'",
                "D:P(Z;;FA;;;SY)                | no such type at position 4, not 'Z'",
                "O:NOONED:P(A;;FA;;;SY)         | no such account at position 2, not 'NOONE'",
                "O:SYG:XYD:(A;;FA;;;SY)         | no such account at position 6, not 'XY'",
                "O:SYD:Q(A;;FA;;;SY)            | flags of a list are expected at position 6, not 'Q'",
                "D:(A;;FA;;SY)                  | an entry of 6 fields is expected, separated by semicolons at position 2",
                "D:(A;;FA;;;SY)(A;;FA;;;BA      | an entry in parentheses is expected at position 14, not '(A;;FA;;;BA'",
                "D:(A;;FA;;;SY)x                | an entry in parentheses is expected at position 14, not 'x'",
                "xD:(A;;FA;;;SY)                | O:, G:, D: or S: is expected at position 0, not 'x'",
            })
    void aFaultInADescriptorIsReportedWithItsPosition(String sddl, String fault) {
        assertThatThrownBy(() -> sddl(NamedPipeSecurity.ofSddl(sddl)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(fault)
                .hasMessageContaining(sddl);
        assertThat(kernel.openSecurityDescriptors()).isZero();
    }

    @Test
    void securitiesAreComparedByValue() {
        assertThat(NamedPipeSecurity.builder().allow("x", READ).build())
                .isEqualTo(NamedPipeSecurity.builder().allow("x", READ).build())
                .hasSameHashCodeAs(NamedPipeSecurity.builder().allow("x", READ).build())
                .isNotEqualTo(NamedPipeSecurity.builder().allow("x", WRITE).build())
                .isNotEqualTo(NamedPipeSecurity.currentUser())
                .asString()
                .contains("current user", "x", "READ");
        assertThat(NamedPipeSecurity.ofSddl("D:(A;;GA;;;SY)"))
                .isEqualTo(NamedPipeSecurity.ofSddl("D:(A;;GA;;;SY)"))
                .hasToString("NamedPipeSecurity(D:(A;;GA;;;SY))");
        assertThat(NamedPipeSecurity.ofUnsafeSddl("D:(A;;GA;;;SY)"))
                .isNotEqualTo(NamedPipeSecurity.ofSddl("D:(A;;GA;;;SY)"))
                .hasToString("NamedPipeSecurity(unsafe D:(A;;GA;;;SY))");
        assertThat(NamedPipeSecurity.currentLogonSession()).isNotEqualTo(NamedPipeSecurity.currentUser());
    }
}
