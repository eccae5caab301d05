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
import static io.netty.util.internal.ObjectUtil.checkPositive;
import static io.netty.util.internal.ObjectUtil.checkPositiveOrZero;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.MessageSizeEstimator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Config of a {@link NamedPipeServerChannel}. Beside Netty's generic options it has {@code SO_BACKLOG}, the number of
 * instances that listen at once, and {@code SO_RCVBUF} and {@code SO_SNDBUF}, the quotas of the pipe. They can be set
 * until the channel is bound.
 */
public final class NamedPipeServerChannelConfig extends DefaultChannelConfig {
    /** The most instances that listen at once, however large a backlog is asked for. */
    public static final int MAX_BACKLOG = 64;

    private static final int DEFAULT_BACKLOG = 8;
    private static final int DEFAULT_QUOTA = 64 * 1024;

    private volatile int backlog = DEFAULT_BACKLOG;
    private volatile int receiveBufferSize = DEFAULT_QUOTA;
    private volatile int sendBufferSize = DEFAULT_QUOTA;

    NamedPipeServerChannelConfig(NamedPipeServerChannel channel) {
        super(channel, new ServerChannelRecvByteBufAllocator());
    }

    @Override
    public Map<ChannelOption<?>, Object> getOptions() {
        return getOptions(super.getOptions(), SO_BACKLOG, SO_RCVBUF, SO_SNDBUF);
    }

    @SuppressWarnings("unchecked")
    @Override
    public <T> @Nullable T getOption(ChannelOption<T> option) {
        if (SO_BACKLOG.equals(option)) {
            return (T) Integer.valueOf(getBacklog());
        }
        if (SO_RCVBUF.equals(option)) {
            return (T) Integer.valueOf(getReceiveBufferSize());
        }
        if (SO_SNDBUF.equals(option)) {
            return (T) Integer.valueOf(getSendBufferSize());
        }
        return super.getOption(option);
    }

    @Override
    public <T> boolean setOption(ChannelOption<T> option, T value) {
        validate(option, value);
        if (SO_BACKLOG.equals(option)) {
            setBacklog((Integer) value);
        } else if (SO_RCVBUF.equals(option)) {
            setReceiveBufferSize((Integer) value);
        } else if (SO_SNDBUF.equals(option)) {
            setSendBufferSize((Integer) value);
        } else {
            return super.setOption(option, value);
        }
        return true;
    }

    /** How many instances listen at once, each able to take one client that has not been accepted yet. */
    public int getBacklog() {
        return backlog;
    }

    /**
     * Sets how many instances listen at once; more than {@link #MAX_BACKLOG} counts as that.
     *
     * @throws IllegalArgumentException if {@code backlog} is not positive
     * @throws IllegalStateException if the channel is bound
     */
    public NamedPipeServerChannelConfig setBacklog(int backlog) {
        checkNotBound(SO_BACKLOG);
        this.backlog = Math.min(checkPositive(backlog, "SO_BACKLOG"), MAX_BACKLOG);
        return this;
    }

    /** The bytes a client may write ahead of the server's reads: {@code nInBufferSize} of {@code CreateNamedPipe}. */
    public int getReceiveBufferSize() {
        return receiveBufferSize;
    }

    /**
     * Sets the bytes a client may write ahead of the server's reads. With 0 each write waits until it is read.
     *
     * @throws IllegalArgumentException if {@code bytes} is negative
     * @throws IllegalStateException if the channel is bound
     */
    public NamedPipeServerChannelConfig setReceiveBufferSize(int bytes) {
        checkNotBound(SO_RCVBUF);
        receiveBufferSize = checkPositiveOrZero(bytes, "SO_RCVBUF");
        return this;
    }

    /** The bytes the server may write ahead of a client's reads: {@code nOutBufferSize} of {@code CreateNamedPipe}. */
    public int getSendBufferSize() {
        return sendBufferSize;
    }

    /**
     * Sets the bytes the server may write ahead of a client's reads. With 0 each write waits until it is read.
     *
     * @throws IllegalArgumentException if {@code bytes} is negative
     * @throws IllegalStateException if the channel is bound
     */
    public NamedPipeServerChannelConfig setSendBufferSize(int bytes) {
        checkNotBound(SO_SNDBUF);
        sendBufferSize = checkPositiveOrZero(bytes, "SO_SNDBUF");
        return this;
    }

    private void checkNotBound(ChannelOption<?> option) {
        if (channel.isActive()) {
            throw new IllegalStateException(option + " can be set only before the channel is bound");
        }
    }

    @Override
    protected void autoReadCleared() {
        ((NamedPipeServerChannel) channel).autoReadCleared();
    }

    @Override
    public NamedPipeServerChannelConfig setConnectTimeoutMillis(int connectTimeoutMillis) {
        super.setConnectTimeoutMillis(connectTimeoutMillis);
        return this;
    }

    @Override
    @Deprecated
    public NamedPipeServerChannelConfig setMaxMessagesPerRead(int maxMessagesPerRead) {
        super.setMaxMessagesPerRead(maxMessagesPerRead);
        return this;
    }

    @Override
    public NamedPipeServerChannelConfig setWriteSpinCount(int writeSpinCount) {
        super.setWriteSpinCount(writeSpinCount);
        return this;
    }

    @Override
    public NamedPipeServerChannelConfig setAllocator(ByteBufAllocator allocator) {
        super.setAllocator(allocator);
        return this;
    }

    @Override
    public NamedPipeServerChannelConfig setRecvByteBufAllocator(RecvByteBufAllocator allocator) {
        super.setRecvByteBufAllocator(allocator);
        return this;
    }

    @Override
    public NamedPipeServerChannelConfig setAutoRead(boolean autoRead) {
        super.setAutoRead(autoRead);
        return this;
    }

    @Override
    public NamedPipeServerChannelConfig setWriteBufferWaterMark(WriteBufferWaterMark waterMark) {
        super.setWriteBufferWaterMark(waterMark);
        return this;
    }

    @Override
    public NamedPipeServerChannelConfig setMessageSizeEstimator(MessageSizeEstimator estimator) {
        super.setMessageSizeEstimator(estimator);
        return this;
    }
}
