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
package org.namedpipe.netty.explorer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import io.netty.channel.socket.ChannelOutputShutdownException;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.ChannelHandles;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.win32.WindowsException;

/** The application at one end of a connection, and what holds the transport to its word there. */
final class Endpoint extends Watcher {
    private final ByteStream outgoing = new ByteStream();
    private @Nullable Side side;
    private final boolean server;
    private boolean writeFailed;
    /** True if a write has failed for this reason: the transport may then look for the end without a request. */
    private boolean peerIsGone;
    /** Whether the application has ended its output, or its input. */
    private boolean outputEnded;

    private boolean inputEnded;
    private final List<ChannelFuture> endless = new ArrayList<>();

    Endpoint(World world, String name, boolean server) {
        super(world, name);
        this.server = server;
    }

    // ---- what the application does; any thread

    ChannelFuture send(Payload payload, boolean flush) {
        world.journal.note(() -> name + ": writes " + payload + (flush ? " and flushes" : ""));
        ChannelFuture promise =
                flush ? channel().writeAndFlush(payload) : channel().write(payload);
        if (world.dice.oneIn(20)) {
            promise.cancel(false);
        }
        return promise;
    }

    /** Withdraws a message that was not flushed yet, if there is one. */
    void cancelWrite() {
        for (Sent message : outgoing.sent()) {
            if (!message.flushed) {
                message.promise.cancel(false);
                return;
            }
        }
    }

    /** Ends the output by an empty message, where that is the convention. On the channel's loop. */
    void shutdownOutput() {
        ChannelPromise promise = channel().newPromise();
        if (!outputEnded
                && world.settings.halves
                && channel().isActive()
                && channel().isRegistered()
                && mayWrite()) {
            outputEnded = true;
            Sent end = new Sent(world.endOfOutput(), promise);
            outgoing.add(end);
            outgoing.flushed();
            outgoing.end();
            promise.addListener(future -> finished(end));
        } else {
            promised(promise);
        }
        ((NamedPipeChannel) channel()).shutdownOutput(promise);
    }

    /** Reads no more, where there are halves. On the channel's loop. */
    void shutdownInput() {
        inputEnded |= world.settings.halves && channel().isActive() && channel().isRegistered();
        ChannelPromise promise = channel().newPromise();
        promised(promise);
        ((NamedPipeChannel) channel()).shutdownInput(promise);
    }

    /** Waits until all that was sent has been read, at the longest for a while or to the end. On the channel's loop. */
    void drain() {
        if (channel().isRegistered()) {
            outgoing.flushed();
        }
        List<Sent> before = List.copyOf(outgoing.accepted());
        int millis = world.dice.pick(0, 1, 50);
        ChannelFuture promise = ((NamedPipeChannel) channel()).drain(millis);
        if (millis > 0) {
            promised(promise);
        } else {
            endless.add(promise);
        }
        promise.addListener(future -> {
            world.journal.note(() -> name + ": drain " + (future.isSuccess() ? "succeeded" : future.cause()));
            if (future.isSuccess() && !before.stream().allMatch(message -> message.promise.isDone())) {
                violation("is drained of what was not written yet");
            }
        });
    }

    // ---- what is known

    /** What may wait for as long as the channel is open. */
    List<ChannelFuture> endless() {
        return endless;
    }

    boolean mayWrite() {
        return server ? world.settings.toClient() : world.settings.toServer();
    }

    @Override
    boolean mayRead() {
        return !inputEnded && (server ? world.settings.toServer() : world.settings.toClient());
    }

    ByteStream outgoing() {
        return outgoing;
    }

    @Nullable
    Side side() {
        return side;
    }

    long handle() {
        return ChannelHandles.of((NamedPipeChannel) channel());
    }

    /** Whether it has stayed until the peer had no more to say. */
    boolean stayedToTheEnd() {
        return mayRead()
                && order.wasActive()
                && !isClosedByUser()
                && !hasFailed()
                && !writeFailed
                && !wasDeregistered();
    }

    void joins(Side own) {
        side = own;
        own.usedBy(this);
    }

    void readIssued() {
        if (!mayRead()) {
            violation("ReadFile of what may not be read");
        }
        if (!peerIsGone) {
            order.issued(channel().config().isAutoRead());
        }
    }

    // ---- events

    @Override
    public void connect(ChannelHandlerContext ctx, SocketAddress remote, SocketAddress local, ChannelPromise promise) {
        promised(promise);
        promise.addListener(future -> {
            world.journal.note(() -> name + ": connect " + (future.isSuccess() ? "succeeded" : future.cause()));
            if (future.isSuccess()) {
                activated();
            } else {
                closesItself();
            }
            world.react(this, "connect promise");
        });
        ctx.connect(remote, local, promise);
    }

    @Override
    void activated() {
        if (side == null && handle() != 0) {
            Side own = world.connections.side(handle());
            if (own == null) {
                violation("is active, but its handle is no end of a connection");
            } else {
                joins(own);
            }
        }
    }

    @Override
    void received(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        world.journal.note(() -> name + ": received " + bytes.readableBytes() + " bytes");
        Side own = side;
        String wrong = !mayRead()
                ? "may not read"
                : own == null ? "bytes without a connection" : receive(own.incoming(), bytes);
        bytes.release();
        if (wrong != null) {
            violation(wrong);
        }
    }

    private @Nullable String receive(ByteStream stream, ByteBuf bytes) {
        return world.settings.messages ? stream.receiveMessage(bytes, world.settings.halves) : stream.receive(bytes);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        order.during("userEventTriggered " + event.getClass().getSimpleName(), () -> {
            Side own = side;
            if (event == ChannelInputShutdownEvent.INSTANCE) {
                order.fulfilled();
                String wrong = own == null || !mayRead()
                        ? "may not read"
                        : own.incoming().receiveEnd();
                if (!world.settings.halves || wrong != null) {
                    violation("sees the end of input: " + wrong);
                }
            } else if (event == ChannelOutputShutdownEvent.INSTANCE && !mayLoseOutput()) {
                violation("sees the end of an output that goes on");
            }
            world.react(this, "userEventTriggered");
        });
    }

    @Override
    boolean expects(Throwable cause) {
        return cause instanceof UnsupportedOperationException && !mayRead();
    }

    @Override
    boolean mayEnd() {
        Side own = side;
        return hasFailed() || writeFailed || world.adversary.hasStruck() || (own != null && own.peer().closed);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        Sent sent = new Sent((Payload) message, promise);
        outgoing.add(sent);
        promise.addListener(future -> finished(sent));
        // A channel that lingers is closed to writes, though not yet to what it has taken before. One that is
        // closed from within the write may have taken, and written, this.
        boolean closed = isClosedByUser();
        ctx.write(world.message(sent.payload), promise);
        sent.refused = closed && promise.cause() instanceof ClosedChannelException;
    }

    private void finished(Sent sent) {
        world.journal.note(() -> name + ": " + sent);
        sent.completions++;
        Throwable cause = sent.promise.cause();
        if (mayWrite() ? cause instanceof UnsupportedOperationException : sent.promise.isSuccess()) {
            violation("may " + (mayWrite() ? "" : "not ") + "write, but: " + sent);
        }
        if (cause instanceof ChannelOutputShutdownException) {
            if (!mayLoseOutput()) {
                violation("its output was not shut down: " + sent);
            }
        } else if (sent.promise.isSuccess()) {
            String wrong = outgoing.successOrder(sent);
            if (wrong != null) {
                violation(wrong);
            }
        } else if (cause instanceof IOException && !(cause instanceof ClosedChannelException)) {
            if (saysThatThePeerIsGone(cause)) {
                peerIsGone = true;
            } else {
                writeFailed = true;
            }
            if (!mayLoseOutput()) {
                violation("a write failed for no reason: " + cause);
            }
        }
        world.react(this, "write promise");
    }

    /** Whether nothing can be written any more, though the channel may be open. */
    private boolean mayLoseOutput() {
        Side own = side;
        return outputEnded || world.adversary.hasStruck() || (own != null && own.peer().closed);
    }

    /** After such a failure a channel still hears all that its peer has written. */
    private static boolean saysThatThePeerIsGone(Throwable cause) {
        return cause instanceof WindowsException failure
                && (failure.code() == Win32Error.ERROR_NO_DATA
                        || failure.code() == Win32Error.ERROR_BROKEN_PIPE
                        || failure.code() == Win32Error.ERROR_PIPE_NOT_CONNECTED);
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        outgoing.flushed();
        ctx.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ctx.fireChannelWritabilityChanged();
        world.react(this, "channelWritabilityChanged");
    }
}
