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
package org.namedpipe.netty.win32;

import com.sun.jna.LastErrorException;
import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.Advapi32Util;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.Kernel32Util;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.ptr.IntByReference;
import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/** Calls that are made seldom and have their structures in jna-platform. */
final class JnaPlatformCalls {
    private static final String TOKEN = "process token";

    private JnaPlatformCalls() {}

    static @Nullable String errorMessage(int code) {
        try {
            return Kernel32Util.formatMessage(code);
        } catch (LastErrorException nothingKnown) {
            return null;
        }
    }

    /** The user of the process, even while the calling thread impersonates another. Asks no domain controller. */
    static String currentUserSid() throws Win32Exception {
        WinNT.HANDLEByReference token = new WinNT.HANDLEByReference();
        if (!Advapi32.INSTANCE.OpenProcessToken(Kernel32.INSTANCE.GetCurrentProcess(), WinNT.TOKEN_QUERY, token)) {
            throw new Win32Exception("OpenProcessToken", TOKEN, JnaKernel.lastError());
        }
        try {
            return userSid(token.getValue());
        } finally {
            Kernel32.INSTANCE.CloseHandle(token.getValue());
        }
    }

    private static String userSid(WinNT.HANDLE token) throws Win32Exception {
        IntByReference size = new IntByReference();
        // Fails for want of room, and says how much it wants.
        Advapi32.INSTANCE.GetTokenInformation(token, WinNT.TOKEN_INFORMATION_CLASS.TokenUser, null, 0, size);
        WinNT.TOKEN_USER user = new WinNT.TOKEN_USER(size.getValue());
        if (!Advapi32.INSTANCE.GetTokenInformation(
                token, WinNT.TOKEN_INFORMATION_CLASS.TokenUser, user, size.getValue(), size)) {
            throw new Win32Exception("GetTokenInformation", TOKEN, JnaKernel.lastError());
        }
        try {
            return Advapi32Util.convertSidToStringSid(user.User.Sid);
        } catch (com.sun.jna.platform.win32.Win32Exception e) {
            throw new Win32Exception("ConvertSidToStringSid", TOKEN, e.getErrorCode());
        } finally {
            // The identifier is a bare pointer into this structure's memory.
            Reference.reachabilityFence(user);
        }
    }
}
