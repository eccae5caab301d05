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
import static org.namedpipe.netty.internal.win32.Win32Constants.FILE_FLAG_OVERLAPPED;
import static org.namedpipe.netty.internal.win32.Win32Constants.GENERIC_READ;
import static org.namedpipe.netty.internal.win32.Win32Constants.GENERIC_WRITE;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_ACCESS_DUPLEX;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_ACCESS_DENIED;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_INVALID_LABEL;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_INVALID_OWNER;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.namedpipe.netty.internal.win32.DescriptorInformation.Entry;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.win32.WindowsException;

/** The access check of the model by labels, owners and lists. Wine does not enforce them. */
class SimulatedAccessTest {
    private static final String PATH = "\\\\.\\pipe\\access";
    private static final int READ_CONTROL = 0x2_0000;
    private static final int WRITE_DAC = 0x4_0000;
    private static final int WRITE_OWNER = 0x8_0000;

    private final SimulatedKernel kernel = new SimulatedKernel();

    private long create(SimulatedProcess creator, String sddl) {
        Kernel as = kernel.as(creator);
        long descriptor = as.createSecurityDescriptor(sddl);
        assertThat(descriptor).isPositive();
        try {
            return as.createNamedPipe(PATH, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 255, 0, 0, 0, descriptor);
        } finally {
            as.freeSecurityDescriptor(descriptor);
        }
    }

    private static SimulatedProcess process(int integrity) {
        return SimulatedProcess.of(7, SimulatedKernel.USER_SID, "SIMULATED\\user")
                .ofIntegrity(integrity);
    }

    private boolean opens(int integrity, int rights) {
        long client = kernel.as(process(integrity)).createFile(PATH, rights, FILE_FLAG_OVERLAPPED);
        assertThat(client)
                .satisfiesAnyOf(
                        c -> assertThat(c).isPositive(), c -> assertThat(c).isEqualTo(-ERROR_ACCESS_DENIED));
        return client > 0;
    }

    @ParameterizedTest
    @CsvSource({
        // label, integrity of the client, opens for reading, for writing, for READ_CONTROL, for WRITE_DAC
        "'',                  0x2000, true,  true,  true,  true",
        "'',                  0x1000, true,  false, true,  false",
        "'S:(ML;;NW;;;LW)',   0x1000, true,  true,  true,  true",
        "'S:(ML;;NW;;;HI)',   0x2000, true,  false, true,  false",
        "'S:(ML;;NR;;;HI)',   0x2000, false, true,  true,  false",
        "'S:(ML;;NWNR;;;HI)', 0x2000, false, false, true,  false",
        "'S:(ML;;NWNRNX;;;HI)', 0x2000, false, false, false, false",
        "'S:(ML;;NWNRNX;;;HI)', 0x3000, true, true, true, true",
        "'S:(ML;;NWNRNX;;;SI)', 0x3000, false, false, false, false",
        "'S:(ML;;NWNRNX;;;S-1-16-8448)', 0x2000, false, false, false, false",
    })
    void aLabelIsCheckedBeforeTheList(
            String label, String integrity, boolean reads, boolean writes, boolean readsControl, boolean writesDac) {
        for (int i = 0; i < 4; i++) {
            assertThat(create(process(SimulatedProcess.SYSTEM), "D:P(A;;FA;;;WD)" + label))
                    .isPositive();
        }
        int level = Integer.decode(integrity);

        assertThat(opens(level, GENERIC_READ)).isEqualTo(reads);
        assertThat(opens(level, GENERIC_WRITE)).isEqualTo(writes);
        assertThat(opens(level, READ_CONTROL)).isEqualTo(readsControl);
        assertThat(opens(level, WRITE_DAC)).isEqualTo(writesDac);
    }

    @Test
    void aLabelAboveTheOwnLevelIsRefused() {
        assertThat(create(process(SimulatedProcess.MEDIUM), "D:P(A;;FA;;;WD)S:(ML;;NW;;;HI)"))
                .isEqualTo(-ERROR_INVALID_LABEL);
        assertThat(create(process(SimulatedProcess.HIGH), "D:P(A;;FA;;;WD)S:(ML;;NW;;;HI)"))
                .isPositive();
    }

    @ParameterizedTest
    @CsvSource({"S-1-5-18, false", "BA, false", "BA, true"})
    void anOwnerIsTheUserOrAnAdministratorsGroup(String owner, boolean elevated) {
        SimulatedProcess creator = elevated ? SimulatedKernel.SELF.asAdministrator() : SimulatedKernel.SELF;
        long pipe = create(creator, "O:" + owner + "D:P(A;;FA;;;WD)");

        if (elevated) {
            assertThat(pipe).isPositive();
        } else {
            assertThat(pipe).isEqualTo(-ERROR_INVALID_OWNER);
        }
    }

    @Test
    void anOwnerMayChangeTheList() {
        create(process(SimulatedProcess.MEDIUM), "D:P(A;;0x12019b;;;WD)");
        assertThat(opens(SimulatedProcess.MEDIUM, WRITE_DAC)).isTrue();
        assertThat(kernel.as(SimulatedProcess.of(8, "S-1-5-21-1-2-3-1002", "SIMULATED\\alice"))
                        .createFile(PATH, WRITE_DAC, FILE_FLAG_OVERLAPPED))
                .isEqualTo(-ERROR_ACCESS_DENIED);
    }

    @Test
    void anEntryForOwnersReplacesTheirRights() {
        create(process(SimulatedProcess.MEDIUM), "D:P(A;;RC;;;OW)(A;;0x12019b;;;WD)");
        assertThat(opens(SimulatedProcess.MEDIUM, WRITE_DAC)).isFalse();
        assertThat(opens(SimulatedProcess.MEDIUM, WRITE_OWNER)).isFalse();
        assertThat(opens(SimulatedProcess.MEDIUM, READ_CONTROL)).isTrue();
    }

    @Test
    void aPipeWithoutAListIsOpenToEveryProcess() {
        create(process(SimulatedProcess.MEDIUM), "D:NO_ACCESS_CONTROL");
        assertThat(kernel.as(SimulatedProcess.of(8, "S-1-5-21-1-2-3-1002", "SIMULATED\\alice"))
                        .createFile(PATH, WRITE_DAC | WRITE_OWNER, FILE_FLAG_OVERLAPPED))
                .isPositive();
    }

    @Test
    void genericRightsInADescriptorAreNotMapped() throws WindowsException {
        long descriptor = kernel.createSecurityDescriptor("O:SYD:P(D;;FW;;;AN)(A;;GAGR;;;WD)S:(ML;;NW;;;LW)");
        assertThat(kernel.descriptorInformation(descriptor).ownerSid()).isEqualTo("S-1-5-18");
        assertThat(kernel.descriptorInformation(descriptor).entries())
                .containsExactly(
                        new Entry(false, 0x12_0116, "S-1-5-7"), new Entry(true, 0x1000_0000 | GENERIC_READ, "S-1-1-0"));
        kernel.freeSecurityDescriptor(descriptor);
    }

    @Test
    void aNameBelowAPipeIsInvalid() {
        create(process(SimulatedProcess.MEDIUM), "D:P(A;;FA;;;WD)");
        String longer = PATH + "\\part";
        assertThat(kernel.createNamedPipe(longer, PIPE_ACCESS_DUPLEX, 0, 1, 0, 0, 0, 0))
                .isEqualTo(-Win32Error.ERROR_INVALID_NAME);
        assertThat(kernel.createFile(longer, GENERIC_READ, 0)).isEqualTo(-Win32Error.ERROR_INVALID_NAME);
        assertThat(kernel.createNamedPipe(PATH + "-\\part", PIPE_ACCESS_DUPLEX, 0, 1, 0, 0, 0, 0))
                .isPositive();
    }
}
