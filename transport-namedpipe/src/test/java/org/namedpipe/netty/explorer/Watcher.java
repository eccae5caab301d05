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
abstract class Watcher extends ChannelDuplexHandler {
    final World world;
    final String name;
    final EventOrder order;
    /** What the application was promised that no data depends on. */
    private final List<ChannelFuture> promises = new ArrayList<>();

    private @Nullable Channel channel;
    private @Nullable ChannelFuture registration;
    /** How many pauses the channel has not heard of yet. */
    private int pauses;
    /** Whether the application has ended this channel. */
    private boolean closedByUser;
    /** Whether the application has ever deregistered this channel; then Netty may not tell its end. */
    private boolean deregistered;
    /** True if an error was fired. */
    private boolean failed;

    Watcher(World world, String name) {
        this.world = world;
        this.name = name;
        order = new EventOrder(name, world.journal);
    }

    // ---- what the application does; any thread

    final Channel channel() {
        Channel own = channel;
        if (own == null) {
            throw new AssertionError(name + " has no channel yet");
        }
        return own;
    }

    /** Whether the application knows the channel and may use it. */
    final boolean isUsable() {
        return channel != null && order.wasRegistered();
    }

    final EventLoop loop() {
        return channel().eventLoop();
    }

    final void promised(ChannelFuture promise) {
        promises.add(promise);
    }

    final void setAutoRead(boolean on) {
        boolean was = channel().config().isAutoRead();
        channel().config().setAutoRead(on);
        if (was && !on) {
            if (loop().inEventLoop()) {
                order.revoked();
            } else {
                pauses++;
                loop().execute(this::paused);
            }
        }
    }

    /** The channel has heard of a pause, just now; it may have been followed by others. */
    private void paused() {
        if (--pauses == 0 && !channel().config().isAutoRead()) {
            order.revoked();
        }
    }

    final void closeChannel() {
        promised(world.dice.oneIn(4) ? channel().disconnect() : channel().close());
    }

    final void deregisterChannel() {
        deregistered = true;
        promised(channel().deregister());
    }

    final void registerAgain() {
        boolean underWay = registration != null && !registration.isDone();
        if (channel().isOpen() && !channel().isRegistered() && !underWay) {
            registration = loop().register(channel());
            promised(registration);
        }
    }

    // ---- what is known

    final boolean isClosedByUser() {
        return closedByUser;
    }

    final void closesItself() {
        closedByUser = true;
    }

    final boolean wasDeregistered() {
        return deregistered;
    }

    final boolean hasFailed() {
        return failed;
    }

    /** Whether bytes or clients that come must be handed over without further ado. */
    final boolean wantsToRead() {
        return mayRead() && order.isActive() && (channel().config().isAutoRead() || order.isRequested());
    }

    final List<ChannelFuture> promises() {
        return promises;
    }

    final void violation(String what) {
        world.journal.violation(name + ": " + what);
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
            world.react(this, "channelActive");
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        order.during("channelRead", () -> {
            order.read(ctx.channel().config().isAutoRead());
            received(ctx, message);
            world.react(this, "channelRead");
        });
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        order.during("channelReadComplete", () -> {
            order.readComplete();
            ctx.fireChannelReadComplete();
            world.react(this, "channelReadComplete");
        });
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        order.during("channelInactive", () -> {
            order.inactive();
            if (!closedByUser && !world.isTerminating() && !mayEnd()) {
                violation("was closed by nobody");
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
        world.journal.note(() -> name + ": exceptionCaught " + cause);
        if (expects(cause)) {
            return;
        }
        failed = true;
        if (!world.adversary.explains(cause)) {
            world.journal.violation(name + ": unexpected exception", cause);
        }
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        order.requested();
        ctx.read();
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        closedByUser = true;
        ctx.close(promise);
    }

    @Override
    public void disconnect(ChannelHandlerContext ctx, ChannelPromise promise) {
        closedByUser = true;
        ctx.disconnect(promise);
    }

    /** Whether this channel may read at all. */
    boolean mayRead() {
        return true;
    }

    /** Whether an exception tells the application of a mistake of its own. */
    boolean expects(Throwable cause) {
        return false;
    }

    abstract void activated();

    abstract void received(ChannelHandlerContext ctx, Object message);

    /** Whether this channel may end although its application did not close it. */
    abstract boolean mayEnd();

    @Override
    public String toString() {
        return order.toString();
    }
}
