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

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Accepts the peers that a condition holds for, and closes the channels of others. Its static methods make conditions, which
 * {@link Predicate#and} and {@link Predicate#or} combine:
 *
 * <pre>{@code
 * ch.pipeline().addFirst(new NamedPipePeerFilter(user("CONTOSO\\ops").or(elevated())));
 * }</pre>
 *
 * <p>What is unknown of a peer holds for none of them. So mind {@link Predicate#negate}: it lets the unknown in.
 *
 * <p>A filter that was made with the constructor sees its peers before anything is read, so by their processes; see
 * {@link NamedPipePeer} for what that is worth. {@link #byToken} makes a server's filter that sees its clients by their
 * tokens, after the first read. Keep out a peer that must never come in with {@link NamedPipeChannelOption#SECURITY}.
 */
@Sharable
public final class NamedPipePeerFilter extends AbstractNamedPipePeerFilter {
    private final Predicate<? super NamedPipePeer> condition;
    private final boolean byToken;

    /** A filter that lets through the peers for which {@code condition}, called on their event loops, is true. */
    public NamedPipePeerFilter(Predicate<? super NamedPipePeer> condition) {
        this(condition, false);
    }

    private NamedPipePeerFilter(Predicate<? super NamedPipePeer> condition, boolean byToken) {
        this.condition = checkNotNull(condition, "condition");
        this.byToken = byToken;
    }

    /**
     * Makes a filter for a server's ends that decides by the token of the client ({@code ImpersonateNamedPipeClient}), which
     * no other process can stand in for. So it decides after the first read, holds back what was read until then, and rejects clients of
     * whose token Windows does not show: those with {@link NamedPipeImpersonationLevel#ANONYMOUS}, and those that send nothing for
     * {@link NamedPipeChannelOption#PEER_DECISION_TIMEOUT_MILLIS}. A client's channel to which it is added is closed.
     *
     * @param condition accepts a peer whose {@code evidence()} is {@link NamedPipePeer.Evidence#CLIENT_TOKEN}; called on the
     *     channel's event loop
     */
    public static NamedPipePeerFilter byToken(Predicate<? super NamedPipePeer> condition) {
        return new NamedPipePeerFilter(condition, true);
    }

    /**
     * A user.
     *
     * @param nameOrSid {@code DOMAIN\name} in any case, or a security identifier ({@code S-1-...}), which is safer: names
     *     change hands
     */
    public static Predicate<NamedPipePeer> user(String nameOrSid) {
        String expected = checkNonEmptyAfterTrim(nameOrSid, "nameOrSid");
        return peer -> expected.equalsIgnoreCase(peer.userSid()) || expected.equalsIgnoreCase(peer.userName());
    }

    /**
     * The members of a group.
     *
     * @param sid a security identifier, {@code S-1-5-32-544} for elevated administrators, say; also of a logon session
     * @throws IllegalArgumentException if {@code sid} does not look like one
     */
    public static Predicate<NamedPipePeer> group(String sid) {
        if (!NamedPipeSecurity.isSid(sid)) {
            throw new IllegalArgumentException("sid: '" + sid + "' (expected: S-1-...)");
        }
        String expected = sid.toUpperCase(Locale.ROOT);
        return peer -> peer.groupSids().contains(expected);
    }

    /** The processes of a terminal session of this computer. */
    public static Predicate<NamedPipePeer> session(int sessionId) {
        return peer -> peer.sessionId() == sessionId && peer.computerName() == null;
    }

    /**
     * Accepts a process of this computer. Keep a handle of that process, as {@link Process} does: Windows can give the id of
     * a process that has ended to another one.
     */
    public static Predicate<NamedPipePeer> process(long processId) {
        return peer -> peer.processId() == processId && peer.computerName() == null;
    }

    /** Accepts peers that have the full rights of an administrator. */
    public static Predicate<NamedPipePeer> elevated() {
        return NamedPipePeer::isElevated;
    }

    /** Accepts peers of at least this integrity level. */
    public static Predicate<NamedPipePeer> integrityOfAtLeast(NamedPipeIntegrity least) {
        checkNotNull(least, "least");
        return peer -> {
            NamedPipeIntegrity integrity = peer.integrity();
            return integrity != null && integrity.compareTo(least) >= 0;
        };
    }

    @Override
    protected boolean accept(ChannelHandlerContext ctx, NamedPipePeer peer) {
        return condition.test(peer);
    }

    @Override
    protected boolean decidesByToken() {
        return byToken;
    }
}
