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
package org.namedpipe.netty.streams;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.DuplexChannel;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.ByteChannel;
import java.time.Duration;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannel;

/**
 * Blocking streams over a channel, for code that does not use Netty.
 *
 * <p>One thread may read while another writes. A method that would block fails with an {@link IllegalStateException} on the
 * event loop of the channel. The memory is bounded: nothing is read from the pipe unless a thread asks for it, and a write
 * returns when the pipe has taken its bytes.
 *
 * <p>If a thread is interrupted or a time-out is over, a read leaves the streams usable. A write then fails although its bytes
 * may still be sent, so close the streams.
 */
public final class NamedPipeStreams implements Closeable {
    private final Channel channel;
    private final StreamReader reader;
    private final StreamWriter writer;

    private NamedPipeStreams(Channel channel) {
        this.channel = channel;
        reader = new StreamReader(channel);
        writer = new StreamWriter(channel);
    }

    /**
     * Connects to a pipe, and waits for the result.
     *
     * @param group the group of the channel's event loop; its owner shuts it down
     * @throws IllegalStateException on an event loop of the group, which would wait for itself
     * @throws IOException if the connect fails, as that of {@link NamedPipeChannel} does; its time-out is 30 s
     */
    public static NamedPipeStreams connect(EventLoopGroup group, NamedPipeAddress address) throws IOException {
        NamedPipeStreams[] streams = new NamedPipeStreams[1];
        ChannelFuture connect = new Bootstrap()
                .group(group)
                .channel(NamedPipeChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        streams[0] = of(channel);
                    }
                })
                .connect(address);
        try {
            Blocking.await(connect, Duration.ZERO, "connect");
        } catch (IOException | RuntimeException e) {
            connect.cancel(false);
            connect.channel().close();
            throw e;
        }
        return streams[0];
    }

    /**
     * Returns streams over a channel, which the streams own from now on. Adds a handler to the end of its pipeline, which takes
     * every {@link io.netty.buffer.ByteBuf}, and sets {@link ChannelOption#AUTO_READ} to {@code false}. Call it in a
     * {@link ChannelInitializer}, so that the handler sees the first bytes.
     */
    public static NamedPipeStreams of(Channel channel) {
        channel.config().setAutoRead(false);
        NamedPipeStreams streams = new NamedPipeStreams(channel);
        channel.pipeline().addLast(streams.reader);
        return streams;
    }

    /** Returns the channel. Do not read from it, or add handlers behind the one of these streams. */
    public Channel channel() {
        return channel;
    }

    /** Returns the bytes of the peer. Closing the stream closes the channel. */
    public InputStream inputStream() {
        return new PipeInputStream(this, reader);
    }

    /** Returns the stream to the peer. It has no buffer of its own. Closing the stream closes the channel. */
    public OutputStream outputStream() {
        return new PipeOutputStream(this, writer);
    }

    /** Returns both directions as a channel of {@code java.nio}. It blocks as the streams do. */
    public ByteChannel byteChannel() {
        return new PipeByteChannel(this, reader, writer);
    }

    /**
     * Limits the time that a read waits for the first byte.
     *
     * @param timeout the time after which a read fails with a {@link java.net.SocketTimeoutException}; {@link Duration#ZERO} (the
     *     default) for none
     * @throws IllegalArgumentException if the time is negative
     */
    public NamedPipeStreams setReadTimeout(Duration timeout) {
        reader.timeout = Blocking.checkTimeout(timeout);
        return this;
    }

    /**
     * Limits the time that a write waits for the pipe to take its bytes.
     *
     * @param timeout the time after which a write fails with a {@link java.net.SocketTimeoutException}; {@link Duration#ZERO} (the
     *     default) for none
     * @throws IllegalArgumentException if the time is negative
     */
    public NamedPipeStreams setWriteTimeout(Duration timeout) {
        writer.timeout = Blocking.checkTimeout(timeout);
        return this;
    }

    /**
     * Ends the output, so that the peer reads the end of the stream. The input stays open.
     *
     * @throws IOException if the channel cannot end one direction, as that of a pipe of byte type
     */
    public void shutdownOutput() throws IOException {
        if (!(channel instanceof DuplexChannel duplex)) {
            throw new IOException(channel + " cannot end its output alone");
        }
        Blocking.checkThread(channel, "shutdownOutput");
        Blocking.await(duplex.shutdownOutput(), writer.timeout, "shutdownOutput");
    }

    /** Closes the channel. Reads and writes of other threads fail. Does not wait on the event loop of the channel. */
    @Override
    public void close() throws IOException {
        reader.close();
        ChannelFuture close = channel.close();
        if (!channel.eventLoop().inEventLoop()) {
            try {
                Blocking.await(close, Duration.ZERO, "close");
            } catch (InterruptedIOException e) {
                // The close goes on, and the interrupt status is set.
            }
        }
    }
}
