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

import org.junit.jupiter.api.Test;

/** The binding that the integration tests of this run use. */
class BindingIT {
    private final boolean foreign = "ffm".equals(System.getProperty(Binding.PROPERTY));

    @Test
    void isTheOneThatThePropertyNames() {
        assertThat(Binding.CHOSEN).isInstanceOf(foreign ? FfmBinding.class : JnaBinding.class);
        assertThat(Win32.KERNEL32).isInstanceOf(foreign ? FfmKernel32Calls.class : JnaKernel32Calls.class);
        assertThat(Binding.CHOSEN.pointerSize()).isEqualTo(Long.BYTES);
    }

    /** Text in a foreign script, and a half of a surrogate pair, which is no text. */
    @Test
    void copiesTextUnchanged() {
        String text = "a\u00e9\u4e2d\ud83d\ude00\ud83d";
        NativeMemory memory = WideText.copyOf(text);

        assertThat(memory.buffer().capacity()).isEqualTo(WideText.bytes(text));
        assertThat(WideText.at(memory.address())).isEqualTo(text);
    }
}
