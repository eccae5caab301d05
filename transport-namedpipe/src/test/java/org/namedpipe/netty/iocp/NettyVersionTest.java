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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class NettyVersionTest {
    @ParameterizedTest
    @ValueSource(strings = {"4.2.18.Final", "4.2.0.RC1", "4.2.7", "4.1.130.Final", "3.10.6.Final"})
    void anOldVersionIsReported(String version) {
        assertThat(NettyVersion.isTooOld(version)).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"4.2.19.Final", "4.2.19", "4.2.20.Final-SNAPSHOT", "4.3.0.Beta1", "5.0.0.Alpha5", "", "unknown"})
    void aNewOrUnknownVersionIsNotReported(String version) {
        assertThat(NettyVersion.isTooOld(version)).isFalse();
    }

    @Test
    void theVersionOfTheBuildIsNotReported() {
        assertThat(NettyVersion.warnIfTooOld()).isFalse();
    }
}
