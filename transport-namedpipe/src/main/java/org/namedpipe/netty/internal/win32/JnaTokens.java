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
import java.util.HashSet;
import java.util.Set;
import org.namedpipe.netty.win32.WindowsException;

/** Opens tokens and reads what they say. */
final class JnaTokens {
    // Pseudo-handles, which need not be closed.
    private static final long CURRENT_PROCESS = -1;
    private static final long CURRENT_THREAD = -2;

    private static final int PROCESS_QUERY_LIMITED_INFORMATION = 0x1000;
    private static final int TOKEN_QUERY = 0x8;

    private static final int TOKEN_USER = 1;
    private static final int TOKEN_GROUPS = 2;
    private static final int TOKEN_TYPE = 8;
    private static final int TOKEN_IMPERSONATION_LEVEL = 9;
    private static final int TOKEN_SESSION_ID = 12;
    private static final int TOKEN_ELEVATION = 20;
    private static final int TOKEN_INTEGRITY_LEVEL = 25;

    private static final int TOKEN_TYPE_PRIMARY = 1;

    // TOKEN_GROUPS: | GroupCount | padding | SID_AND_ATTRIBUTES ... |, each: | Sid | Attributes | padding |
    private static final int FIRST_GROUP = 8;
    private static final int GROUP_SIZE = 16;
    private static final int GROUP_ATTRIBUTES = 8;
    private static final int SE_GROUP_ENABLED = 0x4;
    private static final int SE_GROUP_LOGON_ID = 0xC000_0000;

    private JnaTokens() {}

    static long openProcess(long processId) {
        long process = PipePeerCalls.OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, 0, (int) processId);
        return process != 0 ? process : -JnaKernel.lastError();
    }

    static long openOfThread() {
        Memory token = new Memory(Long.BYTES);
        // As the process itself, since the one who is impersonated need not be allowed to look at it.
        int opened = Advapi32Calls.OpenThreadToken(CURRENT_THREAD, TOKEN_QUERY, 1, Pointer.nativeValue(token));
        return opened != 0 ? token.getLong(0) : -JnaKernel.lastError();
    }

    static long open(long process) {
        Memory token = new Memory(Long.BYTES);
        int opened = Advapi32Calls.OpenProcessToken(process, TOKEN_QUERY, Pointer.nativeValue(token));
        return opened != 0 ? token.getLong(0) : -JnaKernel.lastError();
    }

    static TokenInformation facts(long token) throws WindowsException {
        return new TokenInformation(
                userSid(token),
                groupSids(token),
                intOf(token, TOKEN_SESSION_ID),
                intOf(token, TOKEN_ELEVATION) != 0,
                integrity(token),
                intOf(token, TOKEN_TYPE) == TOKEN_TYPE_PRIMARY
                        ? TokenInformation.PRIMARY
                        : intOf(token, TOKEN_IMPERSONATION_LEVEL));
    }

    /** The user of the process, even while the calling thread impersonates another. */
    static String currentUserSid() throws WindowsException {
        long token = openCurrent();
        try {
            return userSid(token);
        } finally {
            Kernel32Calls.CloseHandle(token);
        }
    }

    /** The facts of the token of the process, even while the calling thread impersonates another. */
    static TokenInformation processTokenInformation() throws WindowsException {
        long token = openCurrent();
        try {
            return facts(token);
        } finally {
            Kernel32Calls.CloseHandle(token);
        }
    }

    static String currentLogonSid() throws WindowsException {
        long token = openCurrent();
        try {
            Set<String> logon = groups(token, SE_GROUP_LOGON_ID);
            if (logon.isEmpty()) {
                throw new WindowsException(
                        "GetTokenInformation", "logon session", Win32Error.ERROR_NO_SUCH_LOGON_SESSION);
            }
            return logon.iterator().next();
        } finally {
            Kernel32Calls.CloseHandle(token);
        }
    }

    private static long openCurrent() throws WindowsException {
        long token = open(CURRENT_PROCESS);
        if (Win32Error.isError(token)) {
            throw new WindowsException("OpenProcessToken", "current process", Win32Error.codeOf(token));
        }
        return token;
    }

    private static String userSid(long token) throws WindowsException {
        return JnaSids.text(information(token, TOKEN_USER), 0);
    }

    private static Set<String> groupSids(long token) throws WindowsException {
        return groups(token, SE_GROUP_ENABLED);
    }

    /** The groups that have all of these attributes. */
    private static Set<String> groups(long token, int attributes) throws WindowsException {
        Memory groups = information(token, TOKEN_GROUPS);
        Set<String> sids = new HashSet<>();
        for (int i = 0; i < groups.getInt(0); i++) {
            long group = FIRST_GROUP + (long) i * GROUP_SIZE;
            if ((groups.getInt(group + GROUP_ATTRIBUTES) & attributes) == attributes) {
                sids.add(JnaSids.text(groups, group));
            }
        }
        return sids;
    }

    private static int integrity(long token) throws WindowsException {
        String sid = JnaSids.text(information(token, TOKEN_INTEGRITY_LEVEL), 0);
        return Integer.parseInt(sid.substring(sid.lastIndexOf('-') + 1));
    }

    private static int intOf(long token, int informationClass) throws WindowsException {
        return information(token, informationClass).getInt(0);
    }

    private static Memory information(long token, int informationClass) throws WindowsException {
        Memory needed = new Memory(Integer.BYTES);
        needed.clear();
        Memory information = new Memory(256);
        while (Advapi32Calls.GetTokenInformation(
                        token,
                        informationClass,
                        Pointer.nativeValue(information),
                        (int) information.size(),
                        Pointer.nativeValue(needed))
                == 0) {
            int error = JnaKernel.lastError();
            if (needed.getInt(0) <= information.size()) {
                throw new WindowsException("GetTokenInformation", "class " + informationClass, error);
            }
            information = new Memory(needed.getInt(0));
        }
        return information;
    }
}
