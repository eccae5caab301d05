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
package org.namedpipe.netty.iocp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.testkit.SimulatedKernel;

class IocpIoHandlerConfigTest {
    private final IocpIoHandlerConfig config = new IocpIoHandlerConfig();

    @Test
    void byDefaultALoopDoesNotSpin() {
        assertThat(config.getSpinMicros()).isZero();
        assertThat(new IocpIoHandlerFactory(new SimulatedKernel(), config).spinNanos())
                .isZero();
    }

    @Test
    void aFactoryCopiesIt() {
        IocpIoHandlerFactory factory = new IocpIoHandlerFactory(new SimulatedKernel(), config.setSpinMicros(1_000_000));
        config.setSpinMicros(2);
        assertThat(factory.spinNanos()).isEqualTo(1_000_000_000L);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 1_000_001, Integer.MAX_VALUE})
    void aSpinOutOfRangeIsRefused(int micros) {
        assertThatThrownBy(() -> config.setSpinMicros(micros))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("spinMicros");
        assertThat(config.getSpinMicros()).isZero();
    }

    @Test
    @SuppressWarnings("NullAway")
    void aFactoryNeedsOne() {
        assertThatThrownBy(() -> IocpIoHandler.newFactory(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("config");
    }
}
