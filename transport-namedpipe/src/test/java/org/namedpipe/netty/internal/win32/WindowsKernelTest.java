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

import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class WindowsKernelTest {
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there it works")
    void failsEachTimeIfTheSystemIsNotWindows() {
        for (int attempt = 1; attempt <= 2; attempt++) {
            assertThatThrownBy(WindowsKernel::instance)
                    .isInstanceOf(UnsatisfiedLinkError.class)
                    .hasMessageContaining("needs Windows, and this is " + System.getProperty("os.name"))
                    .hasCauseInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void loadsWithoutJnaAndFailsOnInstance() throws Exception {
        URL classes = WindowsKernel.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader withoutJna = new URLClassLoader(new URL[] {classes}, null)) {
            Class<?> kernel = Class.forName(WindowsKernel.class.getName(), true, withoutJna);

            assertThat(kernel.getClassLoader()).isSameAs(withoutJna);
            assertThatThrownBy(() -> kernel.getMethod("instance").invoke(null))
                    .isInstanceOf(InvocationTargetException.class)
                    .hasCauseInstanceOf(UnsatisfiedLinkError.class)
                    .hasStackTraceContaining(OS.WINDOWS.isCurrentOs() ? "NoClassDefFoundError" : "needs Windows");
        }
    }
}
