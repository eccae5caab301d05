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

import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;
import org.namedpipe.netty.testing.ChildJava;

/** Calls functions of this system through {@code java.lang.foreign}. */
@EnabledForJreRange(
        min = JRE.JAVA_22,
        disabledReason = "Java has no java.lang.foreign; ForeignAccessTest asserts the error")
class ForeignTest {
    private static final boolean WINDOWS = OS.WINDOWS.isCurrentOs();
    private static final String LIBRARY = WINDOWS ? "kernel32" : "libc.so.6";
    private static final int INVALID_HANDLE = WINDOWS ? Win32Error.ERROR_INVALID_HANDLE : 9; // EBADF

    /** Functions that both systems have under different names. */
    interface Functions {
        int CloseHandle(long handle);

        int close(int handle);

        int GetCurrentProcessId();

        int getpid();

        void GetSystemTimePreciseAsFileTime(long time);

        void bzero(long memory, long size);

        int missing();
    }

    /** Loads the library in a child process. */
    static final class Loading {
        private Loading() {}

        public static void main(String[] arguments) {
            FfmLibrary.load(LIBRARY, Functions.class);
        }
    }

    private final FfmLibrary library = FfmLibrary.load(LIBRARY, Functions.class);

    @Test
    void returnsAResult() {
        MethodHandle function = library.statusFunction(WINDOWS ? "GetCurrentProcessId" : "getpid");
        MethodHandle capturing = library.function(WINDOWS ? "GetCurrentProcessId" : "getpid");

        assertThat(Downcall.call(capturing)).isEqualTo(ProcessHandle.current().pid());
        assertThat(function.type().toString()).isEqualTo("()long");
    }

    @Test
    void keepsTheErrorOfTheLastCallOfAThread() throws Exception {
        MethodHandle close = library.function(WINDOWS ? "CloseHandle" : "close");
        long failed = WINDOWS ? 0 : -1;

        assertThat((int) Downcall.call(close, WINDOWS ? 0x7FFF_FFF0L : -1)).isEqualTo((int) failed);
        int[] ofOther = new int[1];
        Thread other = new Thread(() -> ofOther[0] = CapturedError.ofThread().get());
        other.start();
        other.join();

        assertThat(CapturedError.ofThread().get()).isEqualTo(INVALID_HANDLE);
        assertThat(ofOther[0]).isZero();
    }

    @Test
    void writesToMemoryAtAnAddress() {
        MethodHandle function = library.function(WINDOWS ? "GetSystemTimePreciseAsFileTime" : "bzero");
        NativeMemory memory = new NativeMemory(2 * Long.BYTES);
        memory.buffer().putLong(0, 7).putLong(8, 9);
        if (WINDOWS) {
            Downcall.call(function, memory.address());
        } else {
            Downcall.call(function, memory.address(), Long.BYTES);
        }

        assertThat(memory.buffer().getLong(0)).isNotEqualTo(7);
        assertThat(memory.buffer().getLong(8)).isEqualTo(9);
    }

    @Test
    void readsMemoryAtAnAddress() {
        FfmBinding binding = new FfmBinding();
        NativeMemory memory = new NativeMemory(2 * Long.BYTES);
        memory.buffer().putLong(8, 0x0102030405060708L);
        try {
            ByteBuffer view = binding.memoryAt(memory.address() + 8, Long.BYTES);

            assertThat(view.getLong(0)).isEqualTo(0x0102030405060708L);
            assertThat(view.capacity()).isEqualTo(Long.BYTES);
            assertThat(binding.pointerSize()).isEqualTo(Long.BYTES);
        } finally {
            Reference.reachabilityFence(memory);
        }
    }

    @Test
    void theAddressOfABufferDoesNotDependOnItsPosition() {
        FfmBinding binding = new FfmBinding();
        NativeMemory memory = new NativeMemory(16);

        assertThat(binding.addressOf(memory.buffer())).isEqualTo(memory.address());
        assertThat(binding.addressOf(memory.buffer().duplicate().position(5))).isEqualTo(memory.address());
        assertThat(binding.addressOf(memory.buffer().position(4).slice())).isEqualTo(memory.address() + 4);
    }

    @Test
    void aMissingFunctionIsALinkError() {
        assertThatThrownBy(() -> library.function("missing"))
                .isInstanceOf(UnsatisfiedLinkError.class)
                .hasMessageContaining("missing");
    }

    @Test
    void aMissingLibraryIsALinkError() {
        assertThatThrownBy(() -> FfmLibrary.load("no-such-library", Functions.class))
                .isInstanceOf(UnsatisfiedLinkError.class)
                .hasMessageContaining("no-such-library");
    }

    @Test
    void deniedNativeAccessIsALinkErrorThatNamesTheOption() throws Exception {
        List<String> command = ChildJava.command();
        command.add(
                Runtime.version().feature() >= 24
                        ? "--illegal-native-access=deny"
                        : "--enable-native-access=java.base");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Loading.class.getName()));
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(child.waitFor()).isEqualTo(1);
        assertThat(output)
                .contains("UnsatisfiedLinkError: -Dorg.namedpipe.netty.binding=ffm needs native access")
                .contains("--enable-native-access=ALL-UNNAMED");
    }
}
