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

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Hands the bytes of a channel to threads that wait for them. Reads from the channel only when a thread waits. */
final class StreamReader extends ChannelInboundHandlerAdapter {
    private enum State {
        OPEN,
        /** The peer sends no more. */
        ENDED,
        /** This end is closed. */
        CLOSED
    }

    volatile Duration timeout = Duration.ZERO;

    private final Channel channel;
    // A virtual thread that waits for a monitor keeps its carrier.
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<ByteBuf> buffers = new ArrayDeque<>();
    private State state = State.OPEN;
    private @Nullable Throwable failure;
    /** Whether the channel was asked for bytes that have not come. */
    private boolean asked;

    StreamReader(Channel channel) {
        this.channel = channel;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf buffer)) {
            ctx.fireChannelRead(message);
            return;
        }
        boolean kept = false;
        lock.lock();
        try {
            if (state == State.OPEN && buffer.isReadable()) {
                buffers.add(buffer);
                kept = true;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
            if (!kept) {
                buffer.release();
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        boolean askAgain;
        lock.lock();
        try {
            // A read of the channel may end without bytes.
            askAgain = asked && buffers.isEmpty() && state == State.OPEN;
            asked = askAgain;
        } finally {
            lock.unlock();
        }
        if (askAgain) {
            ctx.read();
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end(null);
        ctx.fireChannelInactive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            end(null);
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        end(cause);
        ctx.close();
    }

    private void end(@Nullable Throwable cause) {
        lock.lock();
        try {
            if (state == State.OPEN) {
                state = State.ENDED;
                failure = cause;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Releases what was not read. */
    void close() {
        lock.lock();
        try {
            state = State.CLOSED;
            buffers.forEach(ReferenceCountUtil::release);
            buffers.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the number of bytes that can be read without blocking. */
    int available() throws IOException {
        lock.lock();
        try {
            checkOpen();
            long bytes = 0;
            for (ByteBuf buffer : buffers) {
                bytes += buffer.readableBytes();
            }
            return (int) Math.min(bytes, Integer.MAX_VALUE);
        } finally {
            lock.unlock();
        }
    }

    /** Reads at least one byte. @return how many, or -1 at the end of the stream */
    int read(ByteBuffer target) throws IOException {
        Blocking.checkThread(channel, "read");
        lock.lock();
        try {
            checkOpen();
            if (!target.hasRemaining()) {
                return 0;
            }
            awaitBytes();
            if (!buffers.isEmpty()) {
                return take(target);
            }
            if (state == State.CLOSED) {
                throw new AsynchronousCloseException();
            }
            if (failure != null) {
                throw Blocking.failed("read", failure);
            }
            return -1;
        } finally {
            lock.unlock();
        }
    }

    private void checkOpen() throws ClosedChannelException {
        if (state == State.CLOSED) {
            throw new ClosedChannelException();
        }
    }

    private void awaitBytes() throws IOException {
        Duration limit = timeout;
        long nanos = limit.isZero() ? Long.MAX_VALUE : limit.toNanos();
        try {
            while (buffers.isEmpty() && state == State.OPEN) {
                if (nanos <= 0) {
                    throw Blocking.timedOut("read", limit);
                }
                if (!asked) {
                    asked = true;
                    channel.read();
                }
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            throw Blocking.interrupted("read");
        }
    }

    private int take(ByteBuffer target) {
        int before = target.remaining();
        for (ByteBuf first = buffers.peek(); first != null && target.hasRemaining(); first = buffers.peek()) {
            int length = Math.min(first.readableBytes(), target.remaining());
            ByteBuffer part = target.slice().limit(length);
            first.readBytes(part);
            target.position(target.position() + length);
            if (!first.isReadable()) {
                buffers.remove().release();
            }
        }
        return before - target.remaining();
    }
}
