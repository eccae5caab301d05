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

import static io.netty.util.internal.ObjectUtil.checkNotNull;
import static io.netty.util.internal.ObjectUtil.checkPositive;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.SecurityKernel;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.win32.WindowsException;

/**
 * Says which servers a client talks to. The first process that creates a pipe owns its name, so a client that sends secrets, or
 * believes what it reads, should say whose server it expects. Immutable, and usable on every operating system.
 *
 * <pre>{@code
 * bootstrap.option(NamedPipeChannelOption.TRUSTED_SERVER, NamedPipeServerTrust.currentUser());
 * }</pre>
 *
 * <p>A server of another computer is trusted by {@link #any()} only: what Windows knows of its owner and its process is what
 * that computer says.
 *
 * <p>What is asked are the owner of the pipe and the process that created the instance, right after the pipe was opened and
 * before anything else happens with it. The owner of a pipe is the user who created its first instance, unless that user's
 * token allows another; processes of elevated administrators that name no owner leave it to the group of administrators.
 *
 * @see NamedPipeChannelOption#TRUSTED_SERVER
 */
public final class NamedPipeServerTrust {
    private static final NamedPipeServerTrust ANY = new NamedPipeServerTrust(Kind.ANY, "", 0);
    private static final NamedPipeServerTrust CURRENT_USER = new NamedPipeServerTrust(Kind.CURRENT_USER, "", 0);

    private enum Kind {
        ANY,
        CURRENT_USER,
        OWNER,
        PROCESS
    }

    private final Kind kind;
    private final String sid;
    private final long processId;

    private NamedPipeServerTrust(Kind kind, String sid, long processId) {
        this.kind = kind;
        this.sid = sid;
        this.processId = processId;
    }

    /** Any server, unchecked. The default. */
    public static NamedPipeServerTrust any() {
        return ANY;
    }

    /** Servers that the client's own user has started. */
    public static NamedPipeServerTrust currentUser() {
        return CURRENT_USER;
    }

    /**
     * Servers whose pipe belongs to a user or group.
     *
     * @param sid a security identifier, for instance {@code S-1-5-18} for services that run as the local system
     * @throws IllegalArgumentException if {@code sid} does not look like one
     */
    public static NamedPipeServerTrust owner(String sid) {
        String upper = checkNotNull(sid, "sid").toUpperCase(Locale.ROOT);
        if (!NamedPipeSecurity.isSid(upper)) {
            throw new IllegalArgumentException("sid: '" + sid + "' (expected: S-1-...)");
        }
        return new NamedPipeServerTrust(Kind.OWNER, upper, 0);
    }

    /**
     * Trusts the server in one process, for example one that the client has started. Keep a handle of that process, as
     * {@link Process} does: Windows can give the id of a process that has ended to another one.
     *
     * @param processId more than 0
     */
    public static NamedPipeServerTrust process(long processId) {
        return new NamedPipeServerTrust(Kind.PROCESS, "", checkPositive(processId, "processId"));
    }

    /**
     * Returns why no server of another computer is trusted, or {@code null} if it may be. The descriptor and the ids of a
     * remote pipe are what that computer says of itself.
     */
    @Nullable
    NamedPipeUntrustedServerException checkHost(NamedPipeAddress server) {
        return kind == Kind.ANY || server.isLocal()
                ? null
                : new NamedPipeUntrustedServerException(
                        "the server of " + server
                                + " is not trusted: it is on another computer, which can claim any owner"
                                + " and any process; only NamedPipeServerTrust.any() accepts it (TRUSTED_SERVER: "
                                + this + ')',
                        null);
    }

    /**
     * Returns why the server at the other end of a client's handle is not trusted, or {@code null} if it is. A remote server
     * is not asked.
     */
    @Nullable
    NamedPipeUntrustedServerException check(SecurityKernel kernel, long client, NamedPipeAddress server) {
        NamedPipeUntrustedServerException remote = checkHost(server);
        if (remote != null) {
            return remote;
        }
        try {
            return switch (kind) {
                case ANY -> null;
                case CURRENT_USER -> mismatch(server, "owner", kernel.currentUserSid(), kernel.ownerSid(client));
                case OWNER -> mismatch(server, "owner", sid, kernel.ownerSid(client));
                case PROCESS ->
                    mismatch(server, "process", String.valueOf(processId), String.valueOf(process(kernel, client)));
            };
        } catch (WindowsException e) {
            return new NamedPipeUntrustedServerException(
                    "the server of " + server + " cannot be checked: " + e.getMessage(), e);
        }
    }

    private static long process(SecurityKernel kernel, long client) throws WindowsException {
        long processId = kernel.getNamedPipeServerProcessId(client);
        if (Win32Error.isError(processId)) {
            throw new WindowsException("GetNamedPipeServerProcessId", "pipe", Win32Error.codeOf(processId));
        }
        return processId;
    }

    private static @Nullable NamedPipeUntrustedServerException mismatch(
            NamedPipeAddress server, String what, String expected, String actual) {
        return expected.equals(actual)
                ? null
                : new NamedPipeUntrustedServerException(
                        "the server of " + server + " is not trusted: its " + what + " is " + actual + " (expected: "
                                + expected + ')',
                        null);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NamedPipeServerTrust that
                && kind == that.kind
                && sid.equals(that.sid)
                && processId == that.processId;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * kind.hashCode() + sid.hashCode()) + Long.hashCode(processId);
    }

    @Override
    public String toString() {
        String which = switch (kind) {
            case ANY, CURRENT_USER -> "";
            case OWNER -> ' ' + sid;
            case PROCESS -> " " + processId;
        };
        return "NamedPipeServerTrust(" + kind.name().toLowerCase(Locale.ROOT) + which + ')';
    }
}
