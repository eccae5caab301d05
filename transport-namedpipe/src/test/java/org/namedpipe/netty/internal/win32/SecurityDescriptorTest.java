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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.win32.WindowsException;

class SecurityDescriptorTest {
    private final List<Object> made = new ArrayList<>();
    private final List<Object> freed = new ArrayList<>();
    private final Kernel kernel = Win32StubKernel.answering(Map.of(
            "createSecurityDescriptor",
            sddl -> made.add(sddl) ? 4096L : 0L,
            "freeSecurityDescriptor",
            address -> freed.add(address) ? null : "unreachable"));

    @Test
    void holdsTheAddressUntilClosedAndFreesItOnce() {
        SecurityDescriptor descriptor = SecurityDescriptor.of(kernel, "D:P(A;;FA;;;WD)");
        assertThat(descriptor.address()).isEqualTo(4096);
        assertThat(descriptor).hasToString("SecurityDescriptor(D:P(A;;FA;;;WD))");

        descriptor.close();
        descriptor.close();

        assertThat(freed).containsExactly(4096L);
        assertThatThrownBy(descriptor::address)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("D:P(A;;FA;;;WD)");
    }

    @Test
    void reportsTheRefusedTextAndTheError() {
        Kernel refusing = Win32StubKernel.answering(
                Map.of("createSecurityDescriptor", sddl -> -(long) Win32Error.ERROR_INVALID_ACL));

        assertThatThrownBy(() -> SecurityDescriptor.of(refusing, "D:(nonsense)"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("D:(nonsense)")
                .hasMessageContaining("ERROR_INVALID_ACL (1336)")
                .hasCauseInstanceOf(WindowsException.class);
    }
}
