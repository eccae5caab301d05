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

/** {@link WaitPacketCalls}, as downcalls of {@code java.lang.foreign}. */
final class FfmWaitPacketCalls implements WaitPacketCalls {
    private static final FfmLibrary DLL = FfmLibrary.load("ntdll", WaitPacketCalls.class);

    private static final MethodHandle NT_CREATE_WAIT_COMPLETION_PACKET =
            DLL.statusFunction("NtCreateWaitCompletionPacket");
    private static final MethodHandle NT_ASSOCIATE_WAIT_COMPLETION_PACKET =
            DLL.statusFunction("NtAssociateWaitCompletionPacket");
    private static final MethodHandle NT_CANCEL_WAIT_COMPLETION_PACKET =
            DLL.statusFunction("NtCancelWaitCompletionPacket");

    @Override
    public int NtCreateWaitCompletionPacket(long handle, int desiredAccess, long objectAttributes) {
        return (int) Downcall.callForStatus(NT_CREATE_WAIT_COMPLETION_PACKET, handle, desiredAccess, objectAttributes);
    }

    @Override
    public int NtAssociateWaitCompletionPacket(
            long waitPacket,
            long port,
            long object,
            long key,
            long apcContext,
            int status,
            long information,
            long alreadySignaled) {
        return (int) Downcall.callForStatus(
                NT_ASSOCIATE_WAIT_COMPLETION_PACKET,
                waitPacket,
                port,
                object,
                key,
                apcContext,
                status,
                information,
                alreadySignaled);
    }

    @Override
    public int NtCancelWaitCompletionPacket(long waitPacket, byte removeSignaledPacket) {
        return (int) Downcall.callForStatus(NT_CANCEL_WAIT_COMPLETION_PACKET, waitPacket, removeSignaledPacket);
    }
}
