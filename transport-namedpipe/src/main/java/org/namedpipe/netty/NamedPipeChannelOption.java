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

import io.netty.channel.ChannelOption;

/**
 * {@link ChannelOption}s that only named pipes have.
 *
 * <pre>{@code
 * bootstrap
 *         .option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE)
 *         .option(NamedPipeChannelOption.CONNECT_POLICY, NamedPipeConnectPolicy.WAIT_FOR_SERVER);
 * }</pre>
 */
public final class NamedPipeChannelOption<T> extends ChannelOption<T> {

    // ---- of the pipe; on a server channel until it is bound, on a client until it is connected

    /** Byte or message mode. Default: {@link NamedPipeMode#BYTE}. A client's must suit the server's. */
    public static final ChannelOption<NamedPipeMode> PIPE_MODE = option("PIPE_MODE");

    /** Which way bytes go, as seen from the server, at both ends. Default: {@link NamedPipeAccess#DUPLEX}. */
    public static final ChannelOption<NamedPipeAccess> PIPE_ACCESS = option("PIPE_ACCESS");

    // ---- of a server channel, until it is bound

    /**
     * Sets the number of clients that the name may have at once, over all its servers: 1 to 254, or 255, the default, for no limit. Below
     * 254, and with {@link #FIRST_PIPE_INSTANCE}, Windows is given a limit of one more, for the instance that holds the name
     * between two clients.
     */
    public static final ChannelOption<Integer> MAX_INSTANCES = option("MAX_INSTANCES");

    /**
     * Sets whether this must be the first to own the name, so that it cannot be another server's:
     * {@code FILE_FLAG_FIRST_PIPE_INSTANCE}. Default: {@code true}. With {@code false} it joins a name that exists, if the
     * name's security allows. Channels that an earlier server has accepted hold the name too: to bind again while they are
     * open, use {@code false} and the options of the earlier server.
     */
    public static final ChannelOption<Boolean> FIRST_PIPE_INSTANCE = option("FIRST_PIPE_INSTANCE");

    /** Sets whether clients on other computers are turned away: {@code PIPE_REJECT_REMOTE_CLIENTS}. Default: {@code true}. */
    public static final ChannelOption<Boolean> REJECT_REMOTE_CLIENTS = option("REJECT_REMOTE_CLIENTS");

    /** Sets the users that can connect. Default: {@link NamedPipeSecurity#currentUser()}. All instances have the same. */
    public static final ChannelOption<NamedPipeSecurity> SECURITY = option("SECURITY");

    // ---- of a client, until it is connected

    /**
     * Which servers to talk to; the server is checked before anything is sent, and connecting fails with an
     * {@link NamedPipeUntrustedServerException}. Default: {@link NamedPipeServerTrust#any()}.
     */
    public static final ChannelOption<NamedPipeServerTrust> TRUSTED_SERVER = option("TRUSTED_SERVER");

    /**
     * Allows a client to connect to a pipe of another computer, {@code \\host\pipe\name}, {@code localhost} included.
     * Default: {@code false}. Windows then logs on to that computer with the credentials of this process, which the computer
     * can pass on. No {@link #TRUSTED_SERVER} but {@link NamedPipeServerTrust#any()} trusts a remote server.
     */
    public static final ChannelOption<Boolean> ALLOW_REMOTE = option("ALLOW_REMOTE");

    /** Sets what {@code connect} does when the pipe cannot be opened at once. Default: {@link NamedPipeConnectPolicy#WAIT_WHILE_BUSY}. */
    public static final ChannelOption<NamedPipeConnectPolicy> CONNECT_POLICY = option("CONNECT_POLICY");

    /** Sets what the server may do in the client's name. Default: {@link NamedPipeImpersonationLevel#IDENTIFICATION}. */
    public static final ChannelOption<NamedPipeImpersonationLevel> IMPERSONATION_LEVEL = option("IMPERSONATION_LEVEL");

    /**
     * Sets whether the server sees changes of the client's security context after it has connected:
     * {@code SECURITY_CONTEXT_TRACKING}. Default: {@code false}.
     */
    public static final ChannelOption<Boolean> CONTEXT_TRACKING = option("CONTEXT_TRACKING");

    // ---- of a connected channel, at any time

    /**
     * The largest message in bytes that a channel in message mode delivers; of a larger one a
     * {@code TooLongFrameException} is fired, and the rest is dropped. Default: 1 MiB.
     */
    public static final ChannelOption<Integer> MAX_MESSAGE_SIZE = option("MAX_MESSAGE_SIZE");

    /**
     * For how many milliseconds the filters of a channel, {@link AbstractNamedPipePeerFilter}s, may take to decide about its
     * peer, counted from when the channel is active. Then the peer is rejected. Also how long a rejected channel waits for a
     * farewell to be written. Default: 10,000.
     */
    public static final ChannelOption<Integer> PEER_DECISION_TIMEOUT_MILLIS = option("PEER_DECISION_TIMEOUT_MILLIS");

    @SuppressWarnings({"unused", "deprecation"})
    private NamedPipeChannelOption() {
        super(null);
    }

    private static <T> ChannelOption<T> option(String name) {
        return valueOf(NamedPipeChannelOption.class, name);
    }
}
