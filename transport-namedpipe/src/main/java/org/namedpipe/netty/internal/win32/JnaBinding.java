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

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;

/** Calls Windows through JNA's direct mapping. Loads nothing of JNA before it is used. */
final class JnaBinding implements Binding {
    @Override
    public int pointerSize() {
        return Native.POINTER_SIZE;
    }

    @Override
    public Kernel32Calls kernel32() {
        return new JnaKernel32Calls();
    }

    @Override
    public PipePeerCalls pipePeers() {
        return new JnaPipePeerCalls();
    }

    @Override
    public NtdllCalls ntdll() {
        return new JnaNtdllCalls();
    }

    @Override
    public Advapi32Calls advapi32() {
        return new JnaAdvapi32Calls();
    }

    @Override
    public WaitPacketCalls waitPackets() {
        return new JnaWaitPacketCalls();
    }

    @Override
    public ClientComputerNameCalls clientComputerName() {
        return new JnaClientComputerNameCalls();
    }

    @Override
    public int lastError() {
        return Native.getLastError();
    }

    @Override
    public long addressOf(ByteBuffer direct) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(direct));
    }

    @Override
    public ByteBuffer memoryAt(long address, int size) {
        return new Pointer(address).getByteBuffer(0, size);
    }
}
