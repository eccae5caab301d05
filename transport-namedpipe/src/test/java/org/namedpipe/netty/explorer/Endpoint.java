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
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.ChannelHandles;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.explorer.Connections.End;

/** The application at one end of a connection, and the checks of its channel. */
final class Endpoint extends ChannelMonitor {
    private final boolean server;
    private final EndpointOutput output = new EndpointOutput(this);
    private @Nullable End end;
    private boolean inputEnded;
    private final List<ChannelFuture> unlimitedDrains = new ArrayList<>();

    Endpoint(Simulation simulation, String name, boolean server) {
        super(simulation, name);
        this.server = server;
    }

    // ---- actions of the application

    /** Writes a message, on any thread. */
    ChannelFuture write(Payload payload, boolean flush) {
        simulation.trace.record(() -> name + ": writes " + payload + (flush ? " and flushes" : ""));
        ChannelFuture future =
                flush ? channel().writeAndFlush(payload) : channel().write(payload);
        if (simulation.random.oneIn(20)) {
            future.cancel(false);
        }
        return future;
    }

    /** Shuts the input down. On the channel's loop. */
    void shutdownInput() {
        inputEnded |= simulation.config.halfClosure
                && channel().isActive()
                && channel().isRegistered();
        ChannelPromise promise = channel().newPromise();
        mustComplete(promise);
        pipe().shutdownInput(promise);
    }

    /** Drains the channel, with or without a time limit. On the channel's loop. */
    void drain() {
        if (channel().isRegistered()) {
            output.stream().flushed();
        }
        List<SentMessage> before = List.copyOf(output.stream().accepted());
        int millis = simulation.random.pick(0, 1, 50);
        ChannelFuture future = pipe().drain(millis);
        if (millis > 0) {
            mustComplete(future);
        } else {
            unlimitedDrains.add(future);
        }
        future.addListener(done -> {
            simulation.trace.record(() -> name + ": drain " + (done.isSuccess() ? "succeeded" : done.cause()));
            if (done.isSuccess() && !before.stream().allMatch(message -> message.promise.isDone())) {
                violation("drain has succeeded before all messages were written");
            }
        });
    }

    // ---- state

    EndpointOutput output() {
        return output;
    }

    /** Returns the futures of drains without a time limit, which may wait until the channel is closed. */
    List<ChannelFuture> unlimitedDrains() {
        return unlimitedDrains;
    }

    boolean mayWrite() {
        return server ? simulation.config.toClient() : simulation.config.toServer();
    }

    @Override
    boolean mayRead() {
        return !inputEnded && (server ? simulation.config.toServer() : simulation.config.toClient());
    }

    @Nullable
    End end() {
        return end;
    }

    boolean isPeerClosed() {
        End own = end;
        return own != null && own.peer().closed;
    }

    NamedPipeChannel pipe() {
        return (NamedPipeChannel) channel();
    }

    long handle() {
        return ChannelHandles.of(pipe());
    }

    /** Returns whether the channel must have received all messages of its peer when it has closed. */
    boolean mustHaveReceivedAll() {
        return mayRead()
                && order.wasActive()
                && !isClosedByApplication()
                && !hasFailed()
                && !output.hasFailed()
                && !wasDeregistered();
    }

    void connected(End own) {
        end = own;
        own.setEndpoint(this);
    }

    /** Checks a {@code ReadFile} of the transport. */
    void readFileCalled() {
        if (!mayRead()) {
            violation("ReadFile on a channel that cannot read");
        }
        // After a write has shown that the peer is gone, the transport may look for the end of input without a request.
        if (!output.isPeerGone()) {
            order.readFileCalled(channel().config().isAutoRead());
        }
    }

    // ---- events

    @Override
    public void connect(ChannelHandlerContext ctx, SocketAddress remote, SocketAddress local, ChannelPromise promise) {
        mustComplete(promise);
        promise.addListener(future -> {
            simulation.trace.record(() -> name + ": connect " + (future.isSuccess() ? "succeeded" : future.cause()));
            if (future.isSuccess()) {
                activated();
            } else {
                closedByApplication();
            }
            simulation.workload.react(this, "connect promise");
        });
        ctx.connect(remote, local, promise);
    }

    @Override
    void activated() {
        if (end == null && handle() != 0) {
            End own = simulation.connections.end(handle());
            if (own == null) {
                violation("the channel is active, but its handle belongs to no connection");
            } else {
                connected(own);
            }
        }
    }

    @Override
    void received(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        simulation.trace.record(() -> name + ": received " + bytes.readableBytes() + " bytes");
        End own = end;
        String error = !mayRead()
                ? "channelRead on a channel that cannot read"
                : own == null ? "channelRead without a connection" : receive(own.incoming(), bytes);
        bytes.release();
        if (error != null) {
            violation(error);
        }
    }

    private @Nullable String receive(ExpectedStream stream, ByteBuf bytes) {
        return simulation.config.messages
                ? stream.receiveMessage(bytes, simulation.config.halfClosure)
                : stream.receive(bytes);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        order.during("userEventTriggered " + event.getClass().getSimpleName(), () -> {
            if (event == ChannelInputShutdownEvent.INSTANCE) {
                inputShutDown();
            } else if (event == ChannelOutputShutdownEvent.INSTANCE && !output.mayBeLost()) {
                violation("ChannelOutputShutdownEvent, but the output has not ended");
            }
            simulation.workload.react(this, "userEventTriggered");
        });
    }

    private void inputShutDown() {
        order.answered();
        End own = end;
        String error = own == null || !mayRead()
                ? "the channel cannot read"
                : own.incoming().receiveEnd();
        if (!simulation.config.halfClosure || error != null) {
            violation("ChannelInputShutdownEvent: " + error);
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        output.write(ctx, (Payload) message, promise);
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        output.stream().flushed();
        ctx.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ctx.fireChannelWritabilityChanged();
        simulation.workload.react(this, "channelWritabilityChanged");
    }

    @Override
    boolean isMisuse(Throwable cause) {
        return cause instanceof UnsupportedOperationException && !mayRead();
    }

    @Override
    boolean mayClose() {
        return hasFailed() || output.hasFailed() || simulation.faults.wereInjected() || isPeerClosed();
    }
}
