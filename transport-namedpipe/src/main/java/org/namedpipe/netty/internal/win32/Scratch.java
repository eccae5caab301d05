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

/**
 * A few bytes of native memory per thread, for the path, the out parameters and the one small structure that calls need only
 * while they run.
 */
final class Scratch {
    private static final int SIZE = 32;
    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    // SECURITY_ATTRIBUTES: | nLength | padding | lpSecurityDescriptor | bInheritHandle | padding |
    private static final int SA_LENGTH = 0;
    private static final int SA_DESCRIPTOR = 8;
    private static final int SA_INHERIT_HANDLE = 16;
    private static final int SA_SIZE = 24;

    private final NativeMemory memory = new NativeMemory(SIZE);
    /** Has room for the path of any pipe, and grows for longer ones. */
    private NativeMemory path = new NativeMemory(512 + Long.BYTES);

    private Scratch() {}

    static Scratch ofThread() {
        return OF_THREAD.get();
    }

    long address() {
        return memory.address();
    }

    int getInt() {
        return memory.buffer().getInt(0);
    }

    long getLong() {
        return memory.buffer().getLong(0);
    }

    long getLong(int offset) {
        return memory.buffer().getLong(offset);
    }

    int getInt(int offset) {
        return memory.buffer().getInt(offset);
    }

    Scratch putInt(int value) {
        memory.buffer().putInt(0, value);
        return this;
    }

    Scratch putLong(long value) {
        memory.buffer().putLong(0, value);
        return this;
    }

    /** Returns the address of a copy of a path, which is in use until the next call of this method. */
    long path(String text) {
        if (WideText.bytes(text) > path.buffer().capacity()) {
            path = WideText.copyOf(text);
        } else {
            WideText.put(path, text);
        }
        return path.address();
    }

    /** Makes {@code SECURITY_ATTRIBUTES} for a handle that is not inheritable. */
    Scratch putSecurityAttributes(long securityDescriptor) {
        memory.buffer().putInt(SA_LENGTH, SA_SIZE);
        memory.buffer().putLong(SA_DESCRIPTOR, securityDescriptor);
        memory.buffer().putInt(SA_INHERIT_HANDLE, 0);
        return this;
    }
}
