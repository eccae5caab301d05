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

import com.sun.jna.platform.win32.WinError;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Win32ErrorTest {
    static Stream<Field> codes() {
        return Arrays.stream(Win32Error.class.getFields());
    }

    @ParameterizedTest
    @MethodSource("codes")
    void everyCodeHasTheValueOfTheWindowsHeadersAndItsOwnName(Field code) throws ReflectiveOperationException {
        int value = code.getInt(null);

        assertThat(value).isEqualTo(WinError.class.getField(code.getName()).getInt(null));
        assertThat(Win32Error.symbol(value)).isEqualTo(code.getName());
        assertThat(Win32Error.isNamed(value)).isTrue();
    }

    @Test
    void describesANamedCodeByNameAndNumber() {
        assertThat(Win32Error.describe(Win32Error.ERROR_NO_DATA)).isEqualTo("ERROR_NO_DATA (232)");
    }

    @Test
    void describesAnyOtherCodeByItsUnsignedNumber() {
        assertThat(Win32Error.isNamed(9999)).isFalse();
        assertThat(Win32Error.symbol(9999)).isEqualTo("ERROR 9999");
        assertThat(Win32Error.describe(9999)).isEqualTo("ERROR 9999");
        assertThat(Win32Error.describe(-1)).isEqualTo("ERROR 4294967295");
    }

    @Test
    void distinguishesValuesFromNegatedCodes() {
        assertThat(Win32Error.isError(0)).isFalse();
        assertThat(Win32Error.isError(Long.MAX_VALUE)).isFalse();
        assertThat(Win32Error.isError(-Win32Error.ERROR_PIPE_BUSY)).isTrue();
        assertThat(Win32Error.codeOf(-(long) Win32Error.ERROR_PIPE_BUSY)).isEqualTo(Win32Error.ERROR_PIPE_BUSY);
    }
}
