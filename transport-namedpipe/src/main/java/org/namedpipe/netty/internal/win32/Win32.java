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

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The functions of Windows, through the {@link Binding} of this process. Fails with an error if one cannot be called. */
final class Win32 {
    static final Kernel32Calls KERNEL32 = Binding.CHOSEN.kernel32();
    static final NtdllCalls NTDLL = Binding.CHOSEN.ntdll();
    static final Advapi32Calls ADVAPI32 = Binding.CHOSEN.advapi32();
    static final PipePeerCalls PIPE_PEERS = Binding.CHOSEN.pipePeers();

    /** {@code null} in Wine 8. */
    static final @Nullable WaitPacketCalls WAIT_PACKETS = ifPresent(Binding.CHOSEN::waitPackets);

    /** {@code null} in Wine, which has no pipes of other computers. */
    static final @Nullable ClientComputerNameCalls CLIENT_COMPUTER_NAME = ifPresent(Binding.CHOSEN::clientComputerName);

    private Win32() {}

    private static <T> @Nullable T ifPresent(Supplier<T> calls) {
        try {
            return calls.get();
        } catch (UnsatisfiedLinkError missing) {
            return null;
        }
    }

    /** The error of the call this thread has just made. One that fails without a reason must not read as success. */
    static int lastError() {
        int code = Binding.CHOSEN.lastError();
        return code != Win32Error.ERROR_SUCCESS ? code : Win32Error.ERROR_GEN_FAILURE;
    }
}
