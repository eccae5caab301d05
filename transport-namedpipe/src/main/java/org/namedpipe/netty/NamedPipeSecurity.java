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
import org.namedpipe.netty.DescriptorComposer.Entry;
import org.namedpipe.netty.DescriptorComposer.Master;
import org.namedpipe.netty.DescriptorComposer.Reach;
import org.namedpipe.netty.internal.win32.PrintableText;
import org.namedpipe.netty.internal.win32.SecurityDescriptor;
import org.namedpipe.netty.internal.win32.SecurityKernel;
import org.namedpipe.netty.win32.WindowsException;

/**
 * Says who may connect to a server's name. Immutable, and usable on every operating system: Windows is asked when the server is
 * bound.
 *
 * <pre>{@code
 * serverBootstrap.option(
 *         NamedPipeChannelOption.SECURITY,
 *         NamedPipeSecurity.builder()
 *                 .allowCurrentUser(NamedPipeSecurity.Access.READ_WRITE)
 *                 .allow("S-1-5-32-544", NamedPipeSecurity.Access.READ) // administrators
 *                 .build());
 * }</pre>
 *
 * <p>Except with {@link #ofSddl}, the user the server runs as owns the name and may create instances, which the server needs.
 * Others get what is listed, and <em>never</em> {@code FILE_CREATE_PIPE_INSTANCE}: with that right a process can put instances
 * of its own under the name and serve its clients. It is part of {@code GENERIC_WRITE}, but clients that open the pipe with
 * {@code GENERIC_WRITE} do not need it.
 *
 * <p>The processes of one user are not alike: an elevated one has a higher integrity than the others. A server of integrity
 * {@link NamedPipeIntegrity#HIGH} or more keeps its own user's other processes out, unless a preset or
 * {@link Builder#allowCurrentUser} lets them connect; even then they can neither create instances nor change the descriptor.
 *
 * @see NamedPipeChannelOption#SECURITY
 * @see <a href="https://learn.microsoft.com/windows/win32/ipc/named-pipe-security-and-access-rights">Named Pipe Security
 *     and Access Rights</a>
 */
public final class NamedPipeSecurity {

    /** The rights of a client. */
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
    private static final NamedPipeSecurity CURRENT_USER_AT_ANY_INTEGRITY =
            builder().allowCurrentUser(Access.READ_WRITE).build();
    private static final NamedPipeSecurity CURRENT_LOGON_SESSION =
            of(Master.LOGON_SESSION, Reach.OF_THE_SERVERS_INTEGRITY, List.of());
    private static final NamedPipeSecurity INTERACTIVE_USERS =
            builder().allow("S-1-5-4", Access.READ_WRITE).build();
    private static final NamedPipeSecurity ADMINISTRATORS =
            of(Master.USER, Reach.ELEVATED, List.of(new Entry(DescriptorComposer.ADMINISTRATORS, Access.READ_WRITE)));
    private static final NamedPipeSecurity OWNED_BY_ADMINISTRATORS =
            of(Master.ADMINISTRATORS, Reach.ELEVATED, List.of());
    private static final NamedPipeSecurity EVERYONE =
            builder().allow("S-1-1-0", Access.READ_WRITE).build();

    /** Exactly one of these is there. */
    private final @Nullable DescriptorComposer composer;

    private final @Nullable String sddl;
    private final boolean unsafe;

    private NamedPipeSecurity(@Nullable DescriptorComposer composer, @Nullable String sddl, boolean unsafe) {
        this.composer = composer;
        this.sddl = sddl;
        this.unsafe = unsafe;
    }

    private static NamedPipeSecurity of(Master master, Reach reach, List<Entry> entries) {
        return new NamedPipeSecurity(new DescriptorComposer(master, reach, entries), null, false);
    }

    /**
     * Lets in the user the server runs as, in every session, and no other user. The default. If the server is elevated, or a
     * service of the system, only processes of its integrity can connect.
     */
    public static NamedPipeSecurity currentUser() {
        return CURRENT_USER;
    }

    /**
     * Lets in all processes of the user the server runs as, also those that are not elevated when the server is. They can
     * connect, but not create instances of the name.
     */
    public static NamedPipeSecurity currentUserAtAnyIntegrity() {
        return CURRENT_USER_AT_ANY_INTEGRITY;
    }

    /**
     * Lets in the logon session the server belongs to: of the same user, what is started from the same logon. If the server is
     * elevated, only elevated processes. A service that runs as the local system has no logon session; binding it fails with
     * {@code ERROR_NO_SUCH_LOGON_SESSION}.
     */
    public static NamedPipeSecurity currentLogonSession() {
        return CURRENT_LOGON_SESSION;
    }

    /**
     * Lets in also every user who is logged on at this computer, at the console or by remote desktop; no services, and no
     * process of low integrity or in an app container.
     */
    public static NamedPipeSecurity interactiveUsers() {
        return INTERACTIVE_USERS;
    }

    /** Lets in also administrators whose processes are elevated, to a service of the system too. */
    public static NamedPipeSecurity administrators() {
        return ADMINISTRATORS;
    }

    /**
     * Lets in elevated processes of administrators, and has the group of administrators own the name, as Windows has it for an
     * elevated process that names no owner. An elevated .NET client with {@code PipeOptions.CurrentUserOnly} connects to such
     * a name only. Binding fails with an {@link IllegalStateException} if the server is not elevated.
     */
    public static NamedPipeSecurity ownedByAdministrators() {
        return OWNED_BY_ADMINISTRATORS;
    }

    /**
     * Lets in also every user and service of this computer; and with {@link NamedPipeChannelOption#REJECT_REMOTE_CLIENTS} off,
     * every user who can log on over the network. Not the anonymous, and no process of low integrity or in an app container.
     */
    public static NamedPipeSecurity everyone() {
        return EVERYONE;
    }

    /**
     * Takes a security descriptor in its textual form, for instance {@code D:P(A;;FA;;;SY)(A;;0x12019b;;;BU)}. It should let
     * the server's own user create instances ({@code FA} or {@code 0x12019f}), and no other.
     *
     * <p>Windows parses it when the server is bound. Then binding fails with an {@link IllegalArgumentException} if the text is
     * wrong, if there is no DACL or a NULL one, or if everyone or another large group (authenticated users, users, interactive
     * users, ...) may create instances, change the descriptor, or owns the name. {@code GW}, {@code FW}, {@code GA} and
     * {@code FA} include such rights.
     *
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/secauthz/security-descriptor-string-format">Security Descriptor
     *     String Format</a>
     */
    public static NamedPipeSecurity ofSddl(String sddl) {
        return new NamedPipeSecurity(null, checkNonEmptyAfterTrim(sddl, "sddl"), false);
    }

    /**
     * Takes a security descriptor as {@link #ofSddl} does, but also one that lets everyone, or another large group, create
     * instances of the name or change the descriptor. Each of their processes can then serve this name's clients in the place
     * of this server. No DACL, or a NULL one, is still refused.
     */
    public static NamedPipeSecurity ofUnsafeSddl(String sddl) {
        return new NamedPipeSecurity(null, checkNonEmptyAfterTrim(sddl, "sddl"), true);
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
         * Lets a user or group connect, with processes of medium integrity or more.
         *
         * @param account a user or group: {@code name}, {@code DOMAIN\name}, {@code name@domain}, or a security identifier
         *     ({@code S-1-5-32-545}). A name is looked up when the server is bound, on its event loop; that may ask a domain
         *     controller, so prefer identifiers of domain accounts
         */
        public Builder allow(String account, Access access) {
            entries.add(new Entry(checkNonEmptyAfterTrim(account, "account"), checkNotNull(access, "access")));
            return this;
        }

        /**
         * Lets the processes of the server's own user connect that have a lower integrity than the server, for instance those
         * that are not elevated. It has no effect if the server is not elevated.
         */
        public Builder allowCurrentUser(Access access) {
            entries.add(new Entry(null, checkNotNull(access, "access")));
            return this;
        }

        public NamedPipeSecurity build() {
            Reach reach = entries.isEmpty() ? Reach.OF_THE_SERVERS_INTEGRITY : Reach.ANY_INTEGRITY;
            return of(Master.USER, reach, List.copyOf(entries));
        }
    }

    /**
     * Makes the descriptor, which the caller closes.
     *
     * @throws IllegalArgumentException if the text is wrong or gives away control of the pipe, or an account is unknown
     * @throws IllegalStateException if the process cannot have such a descriptor
     * @throws WindowsException if Windows cannot look up an account
     */
    SecurityDescriptor descriptor(SecurityKernel kernel) throws WindowsException {
        if (composer != null) {
            return SecurityDescriptor.of(kernel, composer.compose(kernel));
        }
        SecurityDescriptor parsed = SecurityDescriptor.of(kernel, Objects.requireNonNull(sddl));
        String problem = null;
        try {
            problem = DescriptorCheck.problem(kernel.descriptorInformation(parsed.address()), unsafe);
        } catch (WindowsException e) {
            parsed.close();
            throw e;
        }
        if (problem != null) {
            parsed.close();
            throw new IllegalArgumentException(problem + ": '" + PrintableText.of(sddl) + '\'');
        }
        return parsed;
    }

    static boolean isSid(String text) {
        return SID.matcher(text).matches();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NamedPipeSecurity that
                && unsafe == that.unsafe
                && Objects.equals(composer, that.composer)
                && Objects.equals(sddl, that.sddl);
    }

    @Override
    public int hashCode() {
        return Objects.hash(composer, sddl, unsafe);
    }

    @Override
    public String toString() {
        String what = composer == null
                ? PrintableText.of(Objects.requireNonNull(sddl))
                : "current " + composer.master().name().toLowerCase(Locale.ROOT) + composer.entries();
        return "NamedPipeSecurity(" + (unsafe ? "unsafe " : "") + what + ')';
    }
}
