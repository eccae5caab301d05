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
package org.namedpipe.netty;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.PrintableText;
import org.namedpipe.netty.internal.win32.SecurityKernel;
import org.namedpipe.netty.internal.win32.TokenInformation;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.win32.WindowsException;

/**
 * Writes the security descriptor of a preset or a list, for the process it is bound in.
 *
 * <p>An elevated server runs beside processes of the same user that are not elevated, and the owner of an object may rewrite
 * its DACL. There are two ways to keep these processes from the name:
 *
 * <ul>
 *   <li>A mandatory label lets only processes of the server's integrity open the pipe. This is for lists without other users.
 *   <li>A list for processes of any integrity cannot have the label. The group of administrators, which is enabled in elevated
 *       tokens only, creates the instances instead of the user, and the entry for {@code OWNER RIGHTS} leaves the owner
 *       nothing but {@code READ_CONTROL}.
 * </ul>
 *
 * @param master who may create instances
 * @param reach which processes the list is for
 * @param entries who else may connect
 */
record DescriptorComposer(Master master, Reach reach, List<Entry> entries) {
    static final String ADMINISTRATORS = "S-1-5-32-544";

    private static final int FILE_CREATE_PIPE_INSTANCE = 0x4;
    private static final String ALL_OF_A_SERVER =
            mask(NamedPipeSecurity.Access.READ_WRITE.mask() | FILE_CREATE_PIPE_INSTANCE);

    /** Returns the user or group that may create instances. The server must be in it. */
    enum Master {
        USER,
        LOGON_SESSION,
        /** Owns the name too. */
        ADMINISTRATORS
    }

    /** Which processes of those who are listed may connect. */
    enum Reach {
        /** Those of the server's integrity or more. */
        OF_THE_SERVERS_INTEGRITY,
        /** Elevated ones, also of a service. */
        ELEVATED,
        /** Any. */
        ANY_INTEGRITY
    }

    /** An entry of the list; the account {@code null} is the server's own user. */
    record Entry(@Nullable String account, NamedPipeSecurity.Access access) {
        @Override
        public String toString() {
            return (account == null ? "current user" : account) + ": " + access;
        }
    }

    String compose(SecurityKernel kernel) throws WindowsException {
        TokenInformation self = kernel.processTokenInformation();
        NamedPipeIntegrity integrity = NamedPipeIntegrity.of(self.integrity());
        boolean privileged = integrity.compareTo(NamedPipeIntegrity.HIGH) >= 0;
        boolean administrator = self.groupSids().contains(ADMINISTRATORS);
        if (master == Master.ADMINISTRATORS && !administrator) {
            throw new IllegalStateException(
                    "only an elevated process can give its pipe to the group of administrators (" + ADMINISTRATORS
                            + "); start the server elevated, or use NamedPipeSecurity.currentUser()");
        }
        // An elevated user has processes that are not elevated; the accounts of services have none.
        boolean split = reach == Reach.ANY_INTEGRITY && integrity == NamedPipeIntegrity.HIGH && administrator;

        // The owner is named because an elevated administrator's objects would belong to all administrators. FA is
        // FILE_ALL_ACCESS, OW is OWNER RIGHTS; P keeps entries from being inherited.
        StringBuilder text = new StringBuilder("O:")
                .append(master == Master.ADMINISTRATORS ? ADMINISTRATORS : self.userSid())
                .append("D:P");
        if (split) {
            text.append(allow("RC", "OW"));
        }
        text.append(allow(privileged ? ALL_OF_A_SERVER : "FA", split ? ADMINISTRATORS : masterSid(kernel, self)));
        for (Entry entry : entries) {
            String sid = entry.account == null ? self.userSid() : sid(kernel, entry.account);
            text.append(allow(mask(entry.access.mask()), sid));
        }
        if (privileged && reach != Reach.ANY_INTEGRITY) {
            boolean system = reach == Reach.OF_THE_SERVERS_INTEGRITY && integrity == NamedPipeIntegrity.SYSTEM;
            text.append("S:(ML;;NWNRNX;;;").append(system ? "SI" : "HI").append(')');
        }
        return text.toString();
    }

    private String masterSid(SecurityKernel kernel, TokenInformation self) throws WindowsException {
        return switch (master) {
            case USER -> self.userSid();
            case LOGON_SESSION -> kernel.currentLogonSid();
            case ADMINISTRATORS -> ADMINISTRATORS;
        };
    }

    private static String allow(String rights, String account) {
        return "(A;;" + rights + ";;;" + account + ')';
    }

    private static String mask(int rights) {
        return String.format(Locale.ROOT, "0x%x", rights);
    }

    private static String sid(SecurityKernel kernel, String account) throws WindowsException {
        if (NamedPipeSecurity.isSid(account)) {
            return account;
        }
        try {
            return kernel.accountSid(account);
        } catch (WindowsException e) {
            if (e.code() == Win32Error.ERROR_NONE_MAPPED) {
                throw new IllegalArgumentException(
                        "no such account: '" + PrintableText.of(account) + "'; " + e.getMessage(), e);
            }
            throw e;
        }
    }
}
