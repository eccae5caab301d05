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
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

/** The transport is available on Windows, unless the binding cannot be used or the user forbids it. */
class NamedPipeIT {

    @Test
    void theTransportIsAvailableOnWindows() {
        assertThat(NamedPipe.unavailabilityCause()).isNull();
        assertThat(NamedPipe.isAvailable()).isTrue();
        assertThatCode(NamedPipe::ensureAvailability).doesNotThrowAnyException();
    }

    @Test
    void theTransportIsUnavailableWithoutJna() throws Exception {
        assertThat(Unavailability.withoutJna())
                .isInstanceOf(UnsatisfiedLinkError.class)
                .hasMessageContaining("com/sun/jna");
    }

    /** Java 22 and newer have {@code java.lang.foreign}; a run of these tests with that binding has it as a preview of Java 21. */
    @Test
    void javaLangForeignNeedsNoJna() throws Exception {
        if (hasJavaLangForeign()) {
            assertThat(Unavailability.causeWithoutJna("ffm")).isNull();
        } else {
            assertThat(Unavailability.causeWithoutJna("ffm"))
                    .isInstanceOf(UnsatisfiedLinkError.class)
                    .hasMessageContaining("-Dorg.namedpipe.netty.binding=ffm needs Java 22 or newer")
                    .hasMessageContaining("leave the property out to use JNA");
        }
    }

    private static boolean hasJavaLangForeign() {
        return Runtime.version().feature() >= 22 || "ffm".equals(System.getProperty("org.namedpipe.netty.binding"));
    }

    @Test
    void theTransportIsUnavailableIfThereIsNoSuchBinding() throws Exception {
        assertThat(Unavailability.withBinding("jni"))
                .isInstanceOf(UnsatisfiedLinkError.class)
                .hasMessageContaining("-Dorg.namedpipe.netty.binding=jni is neither jna nor ffm");
    }

    @Test
    void theTransportIsUnavailableIfTheUserForbidsIt() throws Exception {
        assertThat(Unavailability.whereForbidden())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("noNative=true");
    }
}
