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

import java.nio.ByteBuffer;

/**
 * A way to call Windows from Java: JNA, or {@code java.lang.foreign}. All calls of a process use the same one, so that the
 * compiler of the JVM sees a constant.
 *
 * <p>The methods that return functions load their DLL, and fail with an {@link UnsatisfiedLinkError} if it lacks one of them.
 */
interface Binding {
    /** Chooses the binding: {@code jna}, the default, or {@code ffm}. */
    String PROPERTY = "org.namedpipe.netty.binding";

    /** The binding of this process. */
    Binding CHOSEN = choose(System.getProperty(PROPERTY, "jna"));

    /** Creates a binding. Fails with an {@link UnsatisfiedLinkError} if there is none of this name, or this JVM lacks it. */
    static Binding choose(String name) {
        return switch (name) {
            case "jna" -> new JnaBinding();
            case "ffm" -> new FfmBinding();
            default ->
                throw new UnsatisfiedLinkError(
                        "-D" + PROPERTY + '=' + name + " is neither jna nor ffm; correct it, or leave it out");
        };
    }

    /** The size of an address, in bytes. */
    int pointerSize();

    Kernel32Calls kernel32();

    PipePeerCalls pipePeers();

    NtdllCalls ntdll();

    Advapi32Calls advapi32();

    WaitPacketCalls waitPackets();

    ClientComputerNameCalls clientComputerName();

    /** The error that the last function of {@code kernel32.dll} or {@code advapi32.dll} left that this thread has called. */
    int lastError();

    /** The address of a direct buffer's first byte, that at index 0. */
    long addressOf(ByteBuffer direct);

    /** The memory at an address, in native byte order. */
    ByteBuffer memoryAt(long address, int size);
}
