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
package org.namedpipe.netty.win32;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Win32Error;

class WindowsExceptionTest {
    private static final String PIPE = "\\\\.\\pipe\\x";

    @Test
    void namesOperationTargetAndError() {
        WindowsException e = new WindowsException("WriteFile", PIPE, Win32Error.ERROR_NO_DATA);

        assertThat(e).hasMessage("WriteFile(\\\\.\\pipe\\x) failed: ERROR_NO_DATA (232)");
        assertThat(e.operation()).isEqualTo("WriteFile");
        assertThat(e.code()).isEqualTo(232);
        assertThat(e.symbol()).isEqualTo("ERROR_NO_DATA");
    }

    @Test
    void showsTheNumberOfACodeWithoutSymbol() {
        assertThat(new WindowsException("CreateFile", PIPE, 9999))
                .hasMessage("CreateFile(\\\\.\\pipe\\x) failed: ERROR 9999");
    }
}
