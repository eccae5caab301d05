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

import static io.netty.channel.ChannelOption.SO_BACKLOG;
import static io.netty.channel.ChannelOption.SO_RCVBUF;
import static io.netty.channel.ChannelOption.SO_SNDBUF;
import static org.namedpipe.netty.NamedPipeChannelOption.FIRST_PIPE_INSTANCE;
import static org.namedpipe.netty.NamedPipeChannelOption.MAX_INSTANCES;
import static org.namedpipe.netty.NamedPipeChannelOption.PIPE_ACCESS;
import static org.namedpipe.netty.NamedPipeChannelOption.PIPE_MODE;
import static org.namedpipe.netty.NamedPipeChannelOption.REJECT_REMOTE_CLIENTS;
import static org.namedpipe.netty.NamedPipeChannelOption.SECURITY;
import static org.namedpipe.netty.PipeOptionSet.When.BEFORE_OPEN;

import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.Win32Constants;

/** Config of a {@link NamedPipeServerChannel}: the generic options of Netty and those of its own. */
final class NamedPipeServerChannelConfig extends DefaultChannelConfig {
    /** The largest number of instances that listen at once; a larger {@code SO_BACKLOG} counts as this. */
    static final int MAX_BACKLOG = 64;

    private static final int DEFAULT_BACKLOG = 8;
    private static final int DEFAULT_QUOTA = 64 * 1024;

    private static final PipeOptionSet OPTIONS = new PipeOptionSet()
            .add(SO_BACKLOG, DEFAULT_BACKLOG, BEFORE_OPEN, backlog -> backlog > 0, "more than 0")
            .add(SO_RCVBUF, DEFAULT_QUOTA, BEFORE_OPEN, bytes -> bytes >= 0, "0 or more")
            .add(SO_SNDBUF, DEFAULT_QUOTA, BEFORE_OPEN, bytes -> bytes >= 0, "0 or more")
            .add(PIPE_MODE, NamedPipeMode.BYTE, BEFORE_OPEN)
            .add(PIPE_ACCESS, NamedPipeAccess.DUPLEX, BEFORE_OPEN)
            .add(
                    MAX_INSTANCES,
                    Win32Constants.PIPE_UNLIMITED_INSTANCES,
                    BEFORE_OPEN,
                    instances -> instances >= 1 && instances <= Win32Constants.PIPE_UNLIMITED_INSTANCES,
                    "1 to 254, or 255 for no limit")
            .add(FIRST_PIPE_INSTANCE, true, BEFORE_OPEN)
            .add(REJECT_REMOTE_CLIENTS, true, BEFORE_OPEN)
            .add(SECURITY, NamedPipeSecurity.currentUser(), BEFORE_OPEN);

    private final PipeOptions options = new PipeOptions(OPTIONS);

    NamedPipeServerChannelConfig(NamedPipeServerChannel channel) {
        super(channel, new ServerChannelRecvByteBufAllocator());
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
     * @throws IllegalStateException if the option can be set only before the channel is bound, and it is
     */
    @Override
    public <T> boolean setOption(ChannelOption<T> option, T value) {
        if (!options.has(option)) {
            return PipeOptionSet.setGeneric(option, value, () -> super.setOption(option, value));
        }
        options.set(option, value, channel.isActive());
        return true;
    }

    /** Returns how many instances listen at once, each able to take one client that has not been accepted yet. */
    int backlog() {
        return Math.min(Math.min(options.get(SO_BACKLOG), MAX_BACKLOG), options.get(MAX_INSTANCES));
    }

    /** Returns the mode of accepted channels. */
    PipeEndMode shape() {
        return new PipeEndMode(options.get(PIPE_MODE), options.get(PIPE_ACCESS), true);
    }

    /** The {@code dwOpenMode} of each instance, but for what is said of the first only. */
    int openMode() {
        return options.get(PIPE_ACCESS).openMode() | Win32Constants.FILE_FLAG_OVERLAPPED;
    }

    /** The {@code dwPipeMode} of each instance. */
    int pipeMode() {
        return options.get(PIPE_MODE).pipeMode()
                | (options.get(REJECT_REMOTE_CLIENTS) ? Win32Constants.PIPE_REJECT_REMOTE_CLIENTS : 0);
    }

    /** The value of an option of this channel's own. */
    <T> T get(ChannelOption<T> option) {
        return options.get(option);
    }

    @Override
    protected void autoReadCleared() {
        ((NamedPipeServerChannel) channel).autoReadCleared();
    }
}
