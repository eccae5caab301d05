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

/** {@link WaitPacketCalls}, direct-mapped by JNA. */
final class JnaWaitPacketCalls implements WaitPacketCalls {
    static {
        Native.register(JnaWaitPacketCalls.class, "ntdll");
    }

    @Override
    public native int NtCreateWaitCompletionPacket(long handle, int desiredAccess, long objectAttributes);

    @Override
    public native int NtAssociateWaitCompletionPacket(
            long waitPacket,
            long port,
            long object,
            long key,
            long apcContext,
            int status,
            long information,
            long alreadySignaled);

    @Override
    public native int NtCancelWaitCompletionPacket(long waitPacket, byte removeSignaledPacket);
}
