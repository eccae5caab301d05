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

import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Calls Windows through {@code java.lang.foreign}, without a native library of its own. */
final class FfmBinding implements Binding {
    private static final MethodHandle ADDRESS_OF = Foreign.addressOf();

    @Override
    public int pointerSize() {
        return Foreign.pointerSize();
    }

    @Override
    public Kernel32Calls kernel32() {
        return new FfmKernel32Calls();
    }

    @Override
    public PipePeerCalls pipePeers() {
        return new FfmPipePeerCalls();
    }

    @Override
    public NtdllCalls ntdll() {
        return new FfmNtdllCalls();
    }

    @Override
    public Advapi32Calls advapi32() {
        return new FfmAdvapi32Calls();
    }

    @Override
    public WaitPacketCalls waitPackets() {
        return new FfmWaitPacketCalls();
    }

    @Override
    public ClientComputerNameCalls clientComputerName() {
        return new FfmClientComputerNameCalls();
    }

    @Override
    public int lastError() {
        return CapturedError.ofThread().get();
    }

    @Override
    public long addressOf(ByteBuffer direct) {
        try {
            // A segment begins at the position of its buffer.
            return (long) ADDRESS_OF.invokeExact(direct) - direct.position();
        } catch (Throwable t) {
            throw Downcall.unexpected(t);
        }
    }

    @Override
    public ByteBuffer memoryAt(long address, int size) {
        return Foreign.memoryAt(address, size).order(ByteOrder.nativeOrder());
    }
}
