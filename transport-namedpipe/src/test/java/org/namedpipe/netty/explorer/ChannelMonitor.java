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

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first handler of every pipeline: checks the events of the transport against the requests of the application. */
abstract class ChannelMonitor extends ChannelDuplexHandler {
    final Simulation simulation;
    final String name;
    final EventOrder order;
    /** The futures that must complete although the peer does nothing. */
    private final List<ChannelFuture> futures = new ArrayList<>();

    private @Nullable Channel channel;
    private @Nullable ChannelFuture registration;
    /** The number of times that auto-read was switched off on another thread, and the loop has not processed it. */
    private int pauses;

    private boolean closedByApplication;
    /** True if the application has deregistered the channel. Netty then omits some of its last events. */
    private boolean deregistered;

    private boolean failed;

    ChannelMonitor(Simulation simulation, String name) {
        this.simulation = simulation;
        this.name = name;
        order = new EventOrder(name, simulation.trace);
    }

    // ---- actions of the application, on any thread

    final Channel channel() {
        Channel own = channel;
        if (own == null) {
            throw new AssertionError(name + " has no channel yet");
        }
        return own;
    }

    /** Returns whether the application may use the channel. */
    final boolean isUsable() {
        return channel != null && order.wasRegistered();
    }

    final EventLoop loop() {
        return channel().eventLoop();
    }

    final void mustComplete(ChannelFuture future) {
        futures.add(future);
    }

    final void setAutoRead(boolean on) {
        boolean was = channel().config().isAutoRead();
        channel().config().setAutoRead(on);
        if (was && !on) {
            if (loop().inEventLoop()) {
                order.paused();
            } else {
                pauses++;
                loop().execute(this::pauseProcessed);
            }
        }
    }

    /** Runs after the channel has processed a pause. Auto-read may have been switched on and off again since. */
    private void pauseProcessed() {
        if (--pauses == 0 && !channel().config().isAutoRead()) {
            order.paused();
        }
    }

    final void closeChannel() {
        mustComplete(
                simulation.random.oneIn(4) ? channel().disconnect() : channel().close());
    }

    final void deregisterChannel() {
        deregistered = true;
        mustComplete(channel().deregister());
    }

    final void registerAgain() {
        boolean underWay = registration != null && !registration.isDone();
        if (channel().isOpen() && !channel().isRegistered() && !underWay) {
            registration = loop().register(channel());
            mustComplete(registration);
        }
    }

    // ---- state

    final boolean isClosedByApplication() {
        return closedByApplication;
    }

    final void closedByApplication() {
        closedByApplication = true;
    }

    final boolean wasDeregistered() {
        return deregistered;
    }

    /** Returns whether exceptionCaught was fired. */
    final boolean hasFailed() {
        return failed;
    }

    /** Returns whether the channel must deliver the bytes or clients that arrive. */
    final boolean wantsToRead() {
        return mayRead() && order.isActive() && (channel().config().isAutoRead() || order.isRequested());
    }

    final List<ChannelFuture> futures() {
        return futures;
    }

    final void violation(String description) {
        simulation.trace.violation(name + ": " + description);
    }

    // ---- events

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        channel = ctx.channel();
    }

    @Override
    public void channelRegistered(ChannelHandlerContext ctx) {
        order.during("channelRegistered", () -> {
            order.registered(ctx.channel().config().isAutoRead());
            ctx.fireChannelRegistered();
        });
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        order.during("channelActive", () -> {
            order.active();
            activated();
            ctx.fireChannelActive();
            simulation.workload.react(this, "channelActive");
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        order.during("channelRead", () -> {
            order.read(ctx.channel().config().isAutoRead());
            received(ctx, message);
            simulation.workload.react(this, "channelRead");
        });
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        order.during("channelReadComplete", () -> {
            order.readComplete();
            ctx.fireChannelReadComplete();
            simulation.workload.react(this, "channelReadComplete");
        });
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        order.during("channelInactive", () -> {
            order.inactive();
            if (!closedByApplication && !simulation.scheduler.isTerminating() && !mayClose()) {
                violation("the transport has closed the channel without a reason");
            }
            ctx.fireChannelInactive();
        });
    }

    @Override
    public void channelUnregistered(ChannelHandlerContext ctx) {
        order.during("channelUnregistered", () -> {
            order.unregistered();
            ctx.fireChannelUnregistered();
        });
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        simulation.trace.record(() -> name + ": exceptionCaught " + cause);
        if (isMisuse(cause)) {
            return;
        }
        failed = true;
        if (!simulation.faults.explain(cause)) {
            simulation.trace.violation(name + ": unexpected exception", cause);
        }
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        order.requested();
        ctx.read();
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        closedByApplication = true;
        ctx.close(promise);
    }

    @Override
    public void disconnect(ChannelHandlerContext ctx, ChannelPromise promise) {
        closedByApplication = true;
        ctx.disconnect(promise);
    }

    /** Returns whether the channel can read at all. */
    boolean mayRead() {
        return true;
    }

    /** Returns whether the application has caused this exception by a wrong call. */
    boolean isMisuse(Throwable cause) {
        return false;
    }

    abstract void activated();

    abstract void received(ChannelHandlerContext ctx, Object message);

    /** Returns whether the transport may close the channel. */
    abstract boolean mayClose();

    @Override
    public String toString() {
        return order.toString();
    }
}
