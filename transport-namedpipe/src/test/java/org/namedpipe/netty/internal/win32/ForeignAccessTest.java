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
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The errors of a binding that cannot be used, and what they tell the user to do. */
class ForeignAccessTest {
    @ParameterizedTest
    @CsvSource({"17, true", "20, true", "21, false"})
    void needsANewerJava(int feature, boolean preview) {
        assertThatThrownBy(() -> ForeignAccess.check(feature, () -> preview))
                .isInstanceOf(UnsatisfiedLinkError.class)
                .hasMessageContaining("-Dorg.namedpipe.netty.binding=ffm needs Java 22 or newer")
                .hasMessageContaining("this is Java " + feature)
                .hasMessageContaining("use a newer Java, or leave the property out to use JNA");
    }

    @ParameterizedTest
    @CsvSource({"21, true", "22, false", "25, false"})
    void isAvailable(int feature, boolean preview) {
        assertThatCode(() -> ForeignAccess.check(feature, () -> preview)).doesNotThrowAnyException();
    }

    @Test
    void deniedAccessNamesTheOption() {
        IllegalCallerException denied = new IllegalCallerException("denied");

        assertThat(ForeignAccess.failed(denied))
                .hasCause(denied)
                .hasMessageContaining("start it with --enable-native-access=ALL-UNNAMED")
                .hasMessageContaining("or leave the property out to use JNA");
    }

    @Test
    void anotherFailureIsTheCause() {
        IllegalArgumentException cause = new IllegalArgumentException("Cannot open library");

        assertThat(ForeignAccess.failed(cause)).hasCause(cause).hasMessageContaining("Cannot open library");
    }

    @Test
    void anErrorOfTheJvmIsThrown() {
        OutOfMemoryError error = new OutOfMemoryError("simulated");

        assertThatThrownBy(() -> ForeignAccess.failed(error)).isSameAs(error);
    }

    @ParameterizedTest
    @CsvSource({"jni", "JNA", "''", "true"})
    void refusesAnUnknownBinding(String name) {
        assertThatThrownBy(() -> Binding.choose(name))
                .isInstanceOf(UnsatisfiedLinkError.class)
                .hasMessageContaining("-Dorg.namedpipe.netty.binding=" + name + " is neither jna nor ffm");
    }

    @Test
    void jnaNeedsNothingToBeChosen() {
        assertThat(Binding.choose("jna")).isInstanceOf(JnaBinding.class);
    }
}
