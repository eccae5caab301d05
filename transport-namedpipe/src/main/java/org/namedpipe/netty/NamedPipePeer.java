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

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.PrintableText;
import org.namedpipe.netty.internal.win32.TokenInformation;

/**
 * The identity of the peer of a {@link NamedPipeChannel}, as far as Windows reports it. Immutable.
 *
 * <pre>{@code
 * channel.peer().addListener((FutureListener<NamedPipePeer>) peer -> {
 *     if (peer.isSuccess()) {
 *         System.out.println("connected to " + peer.getNow());
 *     }
 * });
 * }</pre>
 *
 * <p>What {@link #evidence()} says matters where access depends on it. The process id is what the kernel noted when the pipe
 * was opened. A client that opened it by way of the network, also from this computer, may have given any number, and is not
 * looked up; nor is a process that is younger than the connection, for it was given the number of one that has ended. Keep out who must
 * not come in with {@link NamedPipeChannelOption#SECURITY}; that, and a peer known by {@link Evidence#CLIENT_TOKEN}, cannot
 * be deceived.
 *
 * @see NamedPipeChannel#peer()
 */
public final class NamedPipePeer {

    /** The source of the user and the token's other facts. */
    public enum Evidence {
        /** Nothing could be verified; user, groups, elevation and integrity are unknown. */
        NONE,

        /** The token of the process that opened the other end. It existed before, and the pipe was connected when it was asked. */
        PROCESS,

        /** The token the client has opened the pipe with, or in whose name it has written if it asked for tracking. */
        CLIENT_TOKEN
    }

    private final long processId;
    private final int sessionId;
    private final @Nullable String computerName;
    private final Evidence evidence;
    private final @Nullable TokenInformation token;
    private final @Nullable String userName;

    NamedPipePeer(
            long processId,
            int sessionId,
            @Nullable String computerName,
            Evidence evidence,
            @Nullable TokenInformation token,
            @Nullable String userName) {
        this.processId = processId;
        this.sessionId = sessionId;
        this.computerName = computerName;
        this.evidence = evidence;
        this.token = token;
        this.userName = userName;
    }

    /** The process that opened or created this end of the pipe, or -1 if it is unknown. */
    public long processId() {
        return processId;
    }

    /** The terminal session of that process, or -1 if it is unknown. */
    public int sessionId() {
        return sessionId;
    }

    /** The computer the peer is on, {@code null} if that is this one, empty if it is another that Windows does not name. */
    public @Nullable String computerName() {
        return computerName;
    }

    /** Returns the source of the user and the token's other facts. */
    public Evidence evidence() {
        return evidence;
    }

    /** The security identifier of the user, {@code S-1-...}, or {@code null} if unknown. */
    public @Nullable String userSid() {
        return token == null ? null : token.userSid();
    }

    /** The name of the user, usually {@code DOMAIN\name}, or {@code null} if unknown. */
    public @Nullable String userName() {
        return userName;
    }

    /** The security identifiers of the groups that count when the peer's access is checked; empty if unknown. */
    public Set<String> groupSids() {
        return token == null ? Set.of() : token.groupSids();
    }

    /** Returns whether the peer has the full rights of an administrator; {@code false} if unknown. */
    public boolean isElevated() {
        return token != null && token.elevated();
    }

    /** Returns how far Windows trusts the peer, or {@code null} if unknown. */
    public @Nullable NamedPipeIntegrity integrity() {
        return token == null ? null : NamedPipeIntegrity.of(token.integrity());
    }

    @Override
    public String toString() {
        return "NamedPipePeer(process " + processId + ", session " + sessionId
                + (computerName == null ? "" : ", computer " + PrintableText.of(computerName))
                + (token == null ? "" : ", user " + PrintableText.of(userName == null ? token.userSid() : userName))
                + (isElevated() ? ", elevated" : "") + ')';
    }
}
