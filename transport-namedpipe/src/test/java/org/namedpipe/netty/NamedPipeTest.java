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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.namedpipe.netty.iocp.IocpIoHandler;

/** {@code isAvailable()} returns false on other systems, and never throws. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "named pipes are available there, see NamedPipeIT")
class NamedPipeTest {

    @Test
    void theTransportIsUnavailableOnOtherSystems() {
        assertThat(NamedPipe.isAvailable()).isFalse();
        assertThat(NamedPipe.unavailabilityCause()).isNotNull();
        assertThatThrownBy(NamedPipe::ensureAvailability)
                .isInstanceOf(UnsatisfiedLinkError.class)
                .hasCause(NamedPipe.unavailabilityCause());
        assertThatThrownBy(IocpIoHandler::newFactory).isInstanceOf(UnsatisfiedLinkError.class);
    }

    @Test
    void addressesAndChannelsCanBeCreatedOnOtherSystems() {
        assertThat(NamedPipeAddress.of("x").path()).isEqualTo("\\\\.\\pipe\\x");
        assertThat(new NamedPipeChannel().isOpen()).isTrue();
        assertThat(new NamedPipeServerChannel().isOpen()).isTrue();
    }

    @Test
    void theTransportIsUnavailableWithoutJna() throws Exception {
        assertThat(Unavailability.withoutJna()).isNotNull();
    }

    @Test
    void theTransportIsUnavailableIfTheUserForbidsIt() throws Exception {
        assertThat(Unavailability.whereForbidden()).hasMessageContaining("noNative=true");
    }
}
