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

import static org.namedpipe.netty.internal.win32.Win32.ADVAPI32;
import static org.namedpipe.netty.internal.win32.Win32.KERNEL32;
import static org.namedpipe.netty.internal.win32.Win32.PIPE_PEERS;
import static org.namedpipe.netty.internal.win32.Win32.lastError;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.namedpipe.netty.win32.WindowsException;

/** Opens tokens and reads what they say. */
final class Tokens {
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

    private Tokens() {}

    static long openProcess(long processId) {
        long process = PIPE_PEERS.OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, 0, (int) processId);
        return process != 0 ? process : -lastError();
    }

    static long openOfThread() {
        Scratch token = Scratch.ofThread();
        // As the process itself, since the one who is impersonated need not be allowed to look at it.
        int opened = ADVAPI32.OpenThreadToken(CURRENT_THREAD, TOKEN_QUERY, 1, token.address());
        return opened != 0 ? token.getLong() : -lastError();
    }

    static long open(long process) {
        Scratch token = Scratch.ofThread();
        int opened = ADVAPI32.OpenProcessToken(process, TOKEN_QUERY, token.address());
        return opened != 0 ? token.getLong() : -lastError();
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
            KERNEL32.CloseHandle(token);
        }
    }

    /** The facts of the token of the process, even while the calling thread impersonates another. */
    static TokenInformation processTokenInformation() throws WindowsException {
        long token = openCurrent();
        try {
            return facts(token);
        } finally {
            KERNEL32.CloseHandle(token);
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
            KERNEL32.CloseHandle(token);
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
        return Sids.text(information(token, TOKEN_USER), 0);
    }

    private static Set<String> groupSids(long token) throws WindowsException {
        return groups(token, SE_GROUP_ENABLED);
    }

    /** The groups that have all of these attributes. */
    private static Set<String> groups(long token, int attributes) throws WindowsException {
        NativeMemory groups = information(token, TOKEN_GROUPS);
        ByteBuffer buffer = groups.buffer();
        Set<String> sids = new HashSet<>();
        for (int i = 0; i < buffer.getInt(0); i++) {
            int group = FIRST_GROUP + i * GROUP_SIZE;
            if ((buffer.getInt(group + GROUP_ATTRIBUTES) & attributes) == attributes) {
                sids.add(Sids.text(groups, group));
            }
        }
        return sids;
    }

    private static int integrity(long token) throws WindowsException {
        String sid = Sids.text(information(token, TOKEN_INTEGRITY_LEVEL), 0);
        return Integer.parseInt(sid.substring(sid.lastIndexOf('-') + 1));
    }

    private static int intOf(long token, int informationClass) throws WindowsException {
        return information(token, informationClass).buffer().getInt(0);
    }

    private static NativeMemory information(long token, int informationClass) throws WindowsException {
        NativeMemory information = new NativeMemory(256);
        Scratch needed = Scratch.ofThread().putInt(0);
        while (!getInformation(token, informationClass, information, needed)) {
            int error = lastError();
            if (needed.getInt() <= information.buffer().capacity()) {
                throw new WindowsException("GetTokenInformation", "class " + informationClass, error);
            }
            information = new NativeMemory(needed.getInt());
        }
        return information;
    }

    private static boolean getInformation(long token, int informationClass, NativeMemory information, Scratch needed) {
        try {
            int size = information.buffer().capacity();
            return ADVAPI32.GetTokenInformation(token, informationClass, information.address(), size, needed.address())
                    != 0;
        } finally {
            Reference.reachabilityFence(information);
        }
    }
}
