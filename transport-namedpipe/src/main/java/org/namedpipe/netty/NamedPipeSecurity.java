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

import static io.netty.util.internal.ObjectUtil.checkNonEmptyAfterTrim;
import static io.netty.util.internal.ObjectUtil.checkNotNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.win32.SecurityDescriptor;
import org.namedpipe.netty.win32.SecurityKernel;
import org.namedpipe.netty.win32.Win32Error;
import org.namedpipe.netty.win32.Win32Exception;

/**
 * Who may connect to a server's name. Immutable, and usable on every operating system: Windows is asked when the server is
 * bound.
 *
 * <p>But for {@link #ofSddl}, the user the server runs as owns the name and may do everything, which it needs for instances
 * after the first; others get what is listed, and <em>never</em> {@code FILE_CREATE_PIPE_INSTANCE}: whoever has that can put
 * instances of his own under the name and serve its clients. It is part of {@code GENERIC_WRITE}, but clients that open the
 * pipe with {@code GENERIC_WRITE} do not need it.
 *
 * @see NamedPipeChannelOption#SECURITY
 * @see <a href="https://learn.microsoft.com/windows/win32/ipc/named-pipe-security-and-access-rights">Named Pipe Security
 *     and Access Rights</a>
 */
public final class NamedPipeSecurity {

    /** What a client may do. */
    public enum Access {
        /** Read what the server sends, and choose a read mode. */
        READ(FILE_GENERIC_READ | FILE_WRITE_ATTRIBUTES),

        /** Send to the server. */
        WRITE(FILE_GENERIC_WRITE_BUT_CREATE | FILE_READ_ATTRIBUTES),

        /** Both, which a client of a duplex pipe usually needs. */
        READ_WRITE(FILE_GENERIC_READ | FILE_GENERIC_WRITE_BUT_CREATE);

        private final int mask;

        Access(int mask) {
            this.mask = mask;
        }

        /** The access rights, none of them generic and none of them {@code FILE_CREATE_PIPE_INSTANCE}. */
        int mask() {
            return mask;
        }
    }

    private static final int FILE_READ_ATTRIBUTES = 0x80;
    private static final int FILE_WRITE_ATTRIBUTES = 0x100;
    private static final int FILE_GENERIC_READ = 0x12_0089;
    /** {@code FILE_GENERIC_WRITE} without {@code FILE_APPEND_DATA}, which for pipes is {@code FILE_CREATE_PIPE_INSTANCE}. */
    private static final int FILE_GENERIC_WRITE_BUT_CREATE = 0x12_0112;

    private static final Pattern SID =
            Pattern.compile("S-1-(?:\\d+|0x\\p{XDigit}+)(?:-\\d+)+", Pattern.CASE_INSENSITIVE);

    private static final NamedPipeSecurity CURRENT_USER = builder().build();
    private static final NamedPipeSecurity CURRENT_LOGON_SESSION =
            new NamedPipeSecurity(Master.LOGON_SESSION, List.of(), null);
    private static final NamedPipeSecurity INTERACTIVE_USERS =
            builder().allow("S-1-5-4", Access.READ_WRITE).build();
    private static final NamedPipeSecurity ADMINISTRATORS =
            builder().allow("S-1-5-32-544", Access.READ_WRITE).build();
    private static final NamedPipeSecurity EVERYONE =
            builder().allow("S-1-1-0", Access.READ_WRITE).build();

    /** Who may do everything, and must include the server. */
    private enum Master {
        USER,
        LOGON_SESSION
    }

    private record Entry(String account, Access access) {}

    private final Master master;
    private final List<Entry> entries;
    private final @Nullable String sddl;

    private NamedPipeSecurity(Master master, List<Entry> entries, @Nullable String sddl) {
        this.master = master;
        this.entries = entries;
        this.sddl = sddl;
    }

    /** The user the server runs as, in whatever session, and nobody else. The default. */
    public static NamedPipeSecurity currentUser() {
        return CURRENT_USER;
    }

    /** The logon session the server belongs to: of the same user, what is started from the same logon. */
    public static NamedPipeSecurity currentLogonSession() {
        return CURRENT_LOGON_SESSION;
    }

    /** Also every user who is logged on at this computer, at the console or by remote desktop; no services. */
    public static NamedPipeSecurity interactiveUsers() {
        return INTERACTIVE_USERS;
    }

    /** Also administrators whose processes are elevated. */
    public static NamedPipeSecurity administrators() {
        return ADMINISTRATORS;
    }

    /**
     * Also every user and service of this computer; and with {@link NamedPipeChannelOption#REJECT_REMOTE_CLIENTS} off, every
     * one who can log on over the network. Not the anonymous.
     */
    public static NamedPipeSecurity everyone() {
        return EVERYONE;
    }

    /**
     * What a security descriptor in its textual form says, for instance {@code D:P(A;;FA;;;SY)(A;;0x12019b;;;BU)}. It is
     * checked when the server is bound, and is taken as it is: it should let the server's own user create instances, and
     * nobody else.
     *
     * @throws IllegalArgumentException if {@code sddl} has no DACL, or a NULL one: everybody could do everything
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/secauthz/security-descriptor-string-format">Security Descriptor
     *     String Format</a>
     */
    public static NamedPipeSecurity ofSddl(String sddl) {
        String text = checkNonEmptyAfterTrim(sddl, "sddl");
        String upper = text.toUpperCase(Locale.ROOT);
        if (!upper.contains("D:") || upper.contains("NO_ACCESS_CONTROL")) {
            throw new IllegalArgumentException(
                    "a security descriptor without DACL, or with a NULL DACL, is refused: '" + text + '\'');
        }
        return new NamedPipeSecurity(Master.USER, List.of(), text);
    }

    /** Starts with {@link #currentUser()}, to allow others more. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects who may do what; not thread-safe. */
    public static final class Builder {
        private final List<Entry> entries = new ArrayList<>();

        private Builder() {}

        /**
         * Lets somebody connect.
         *
         * @param account a user or group: {@code name}, {@code DOMAIN\name}, {@code name@domain}, or a security identifier
         *     ({@code S-1-5-32-545}). A name is looked up when the server is bound, on its event loop; that may ask a domain
         *     controller, so prefer identifiers of domain accounts
         */
        public Builder allow(String account, Access access) {
            entries.add(new Entry(checkNonEmptyAfterTrim(account, "account"), checkNotNull(access, "access")));
            return this;
        }

        public NamedPipeSecurity build() {
            return new NamedPipeSecurity(Master.USER, List.copyOf(entries), null);
        }
    }

    /**
     * Makes the descriptor, which the caller closes.
     *
     * @throws IllegalArgumentException if the text is wrong, or an account unknown
     * @throws Win32Exception if Windows does not tell who is who
     */
    SecurityDescriptor descriptor(SecurityKernel kernel) throws Win32Exception {
        return SecurityDescriptor.of(kernel, sddl != null ? sddl : compose(kernel));
    }

    private String compose(SecurityKernel kernel) throws Win32Exception {
        String user = kernel.currentUserSid();
        String all = master == Master.USER ? user : kernel.currentLogonSid();
        // The owner is named because an elevated administrator's objects would belong to all administrators. FA is
        // FILE_ALL_ACCESS; P keeps entries from being inherited.
        StringBuilder text = new StringBuilder("O:" + user + "D:P(A;;FA;;;" + all + ')');
        for (Entry entry : entries) {
            text.append(String.format(Locale.ROOT, "(A;;0x%x;;;%s)", entry.access.mask(), sid(kernel, entry.account)));
        }
        return text.toString();
    }

    private static String sid(SecurityKernel kernel, String account) throws Win32Exception {
        if (isSid(account)) {
            return account;
        }
        try {
            return kernel.accountSid(account);
        } catch (Win32Exception e) {
            if (e.code() == Win32Error.ERROR_NONE_MAPPED) {
                throw new IllegalArgumentException("no such account: '" + account + "'; " + e.getMessage(), e);
            }
            throw e;
        }
    }

    static boolean isSid(String text) {
        return SID.matcher(text).matches();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NamedPipeSecurity that
                && master == that.master
                && entries.equals(that.entries)
                && Objects.equals(sddl, that.sddl);
    }

    @Override
    public int hashCode() {
        return Objects.hash(master, entries, sddl);
    }

    @Override
    public String toString() {
        String what = sddl != null ? sddl : "current " + master.name().toLowerCase(Locale.ROOT) + entries;
        return "NamedPipeSecurity(" + what + ')';
    }
}
