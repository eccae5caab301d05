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

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.Advapi32Util;
import com.sun.jna.platform.win32.Advapi32Util.Account;
import java.lang.ref.Reference;
import org.namedpipe.netty.win32.WindowsException;

/** Security identifiers and the accounts they stand for. */
final class JnaSids {
    private JnaSids() {}

    /** The textual form of the identifier that a structure points to, which lies in the same memory. */
    static String text(Memory structure, long offset) throws WindowsException {
        try {
            return text(structure.getLong(offset));
        } finally {
            Reference.reachabilityFence(structure);
        }
    }

    /** The textual form of the identifier at an address. */
    static String text(long sid) throws WindowsException {
        Memory text = new Memory(Long.BYTES);
        if (Advapi32Calls.ConvertSidToStringSidW(sid, Pointer.nativeValue(text)) == 0) {
            throw new WindowsException("ConvertSidToStringSid", "SID", JnaKernel.lastError());
        }
        return takeString(text.getPointer(0));
    }

    /** A string that Windows has allocated, which is freed. */
    static String takeString(Pointer allocated) {
        try {
            return allocated.getWideString(0);
        } finally {
            Kernel32Calls.LocalFree(Pointer.nativeValue(allocated));
        }
    }

    static String accountName(String sid) throws WindowsException {
        try {
            Account account = Advapi32Util.getAccountBySid(sid);
            return account.domain == null || account.domain.isEmpty()
                    ? account.name
                    : account.domain + '\\' + account.name;
        } catch (com.sun.jna.platform.win32.Win32Exception e) {
            throw new WindowsException("LookupAccountSid", sid, e.getErrorCode());
        }
    }

    static String accountSid(String name) throws WindowsException {
        try {
            return Advapi32Util.getAccountByName(name).sidString;
        } catch (com.sun.jna.platform.win32.Win32Exception e) {
            throw new WindowsException("LookupAccountName", name, e.getErrorCode());
        }
    }
}
