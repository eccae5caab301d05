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

import static io.netty.channel.ChannelOption.ALLOW_HALF_CLOSURE;
import static io.netty.channel.ChannelOption.SO_LINGER;
import static org.namedpipe.netty.NamedPipeChannelOption.ALLOW_REMOTE;
import static org.namedpipe.netty.NamedPipeChannelOption.CONNECT_POLICY;
import static org.namedpipe.netty.NamedPipeChannelOption.CONTEXT_TRACKING;
import static org.namedpipe.netty.NamedPipeChannelOption.IMPERSONATION_LEVEL;
import static org.namedpipe.netty.NamedPipeChannelOption.MAX_MESSAGE_SIZE;
import static org.namedpipe.netty.NamedPipeChannelOption.PEER_DECISION_TIMEOUT_MILLIS;
import static org.namedpipe.netty.NamedPipeChannelOption.PIPE_ACCESS;
import static org.namedpipe.netty.NamedPipeChannelOption.PIPE_MODE;
import static org.namedpipe.netty.NamedPipeChannelOption.TRUSTED_SERVER;
import static org.namedpipe.netty.PipeOptionSet.When.ANY_TIME;
import static org.namedpipe.netty.PipeOptionSet.When.BEFORE_OPEN;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.Win32Constants;

/** Config of a {@link NamedPipeChannel}: the generic options of Netty and those of its own. */
final class NamedPipeChannelConfig extends DefaultChannelConfig {

    private static final int DEFAULT_MAX_MESSAGE_SIZE = 1024 * 1024;
    private static final int DEFAULT_DECISION_TIMEOUT = 10_000;

    /** Netty's, but for the last: a frame of 64 KiB comes with its header in one read. */
    private static final int MIN_READ = 64;

    private static final int INITIAL_READ = 1024;
    private static final int MAX_READ = 128 * 1024;

    private static final PipeOptionSet OPTIONS = new PipeOptionSet()
            .add(PIPE_MODE, NamedPipeMode.BYTE, BEFORE_OPEN)
            .add(PIPE_ACCESS, NamedPipeAccess.DUPLEX, BEFORE_OPEN)
            .add(CONNECT_POLICY, NamedPipeConnectPolicy.WAIT_WHILE_BUSY, BEFORE_OPEN)
            .add(IMPERSONATION_LEVEL, NamedPipeImpersonationLevel.IDENTIFICATION, BEFORE_OPEN)
            .add(CONTEXT_TRACKING, false, BEFORE_OPEN)
            .add(SO_LINGER, -1, ANY_TIME)
            .add(ALLOW_HALF_CLOSURE, false, ANY_TIME)
            .add(TRUSTED_SERVER, NamedPipeServerTrust.any(), BEFORE_OPEN)
            .add(ALLOW_REMOTE, false, BEFORE_OPEN)
            .add(MAX_MESSAGE_SIZE, DEFAULT_MAX_MESSAGE_SIZE, ANY_TIME, size -> size > 0, "more than 0")
            .add(PEER_DECISION_TIMEOUT_MILLIS, DEFAULT_DECISION_TIMEOUT, ANY_TIME, millis -> millis > 0, "more than 0");

    private final PipeOptions options = new PipeOptions(OPTIONS);
    private final RecvByteBufAllocator ownReadSizes = getRecvByteBufAllocator();
    private volatile boolean hasUsersAllocator;

    NamedPipeChannelConfig(PipeEndChannel channel) {
        super(channel, new AdaptiveRecvByteBufAllocator(MIN_READ, INITIAL_READ, MAX_READ));
    }

    @Override
    public Map<ChannelOption<?>, Object> getOptions() {
        return getOptions(super.getOptions(), options.all());
    }

    @Override
    public <T> @Nullable T getOption(ChannelOption<T> option) {
        return options.has(option) ? options.get(option) : super.getOption(option);
    }

    /**
     * Sets an option.
     *
     * @return whether this channel has such an option
     * @throws IllegalArgumentException if the option does not take {@code value}; its message names the option and says what it takes
     * @throws IllegalStateException if the option can be set only before the pipe is open, and it is
     */
    @Override
    public <T> boolean setOption(ChannelOption<T> option, T value) {
        if (!options.has(option)) {
            return PipeOptionSet.setGeneric(option, value, () -> super.setOption(option, value));
        }
        options.set(option, value, channel.isActive());
        return true;
    }

    /** Returns whether the transport chooses how much to read, since the user has set no {@link RecvByteBufAllocator}. */
    boolean choosesReadSizes() {
        return getRecvByteBufAllocator() == ownReadSizes;
    }

    /** Returns whether the transport chooses where buffers come from, since the user has set no {@link ByteBufAllocator}. */
    boolean choosesMemory() {
        return !hasUsersAllocator;
    }

    @Override
    public ChannelConfig setAllocator(ByteBufAllocator allocator) {
        hasUsersAllocator = true;
        return super.setAllocator(allocator);
    }

    /** Returns the flags with which a client opens the pipe. Without a level any server could act as the client's user. */
    int openFlags() {
        return Win32Constants.FILE_FLAG_OVERLAPPED
                | Win32Constants.SECURITY_SQOS_PRESENT
                | get(IMPERSONATION_LEVEL).flag()
                | (get(CONTEXT_TRACKING) ? Win32Constants.SECURITY_CONTEXT_TRACKING : 0);
    }

    /** The value of an option of this channel's own. */
    <T> T get(ChannelOption<T> option) {
        return options.get(option);
    }

    /** Returns the mode of a client's end of the pipe. */
    PipeEndMode shape() {
        return new PipeEndMode(get(NamedPipeChannelOption.PIPE_MODE), get(NamedPipeChannelOption.PIPE_ACCESS), false);
    }

    @Override
    protected void autoReadCleared() {
        ((PipeEndChannel) channel).autoReadCleared();
    }
}
