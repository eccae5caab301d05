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
 * Where the downcalls of a thread leave {@code GetLastError}. The JVM makes calls of its own behind a downcall, so the error cannot be
 * asked for later.
 */
final class CapturedError {
    private static final int OFFSET = Foreign.capturedErrorOffset();
    private static final ThreadLocal<CapturedError> OF_THREAD = ThreadLocal.withInitial(CapturedError::new);

    private final NativeMemory memory = new NativeMemory(Foreign.capturedStateSize());
    private final Object segment = Foreign.segmentOf(memory.buffer());

    private CapturedError() {}

    static CapturedError ofThread() {
        return OF_THREAD.get();
    }

    /** The {@code MemorySegment} to give to a downcall. */
    static Object segmentOfThread() {
        return OF_THREAD.get().segment;
    }

    int get() {
        return memory.buffer().getInt(OFFSET);
    }
}
