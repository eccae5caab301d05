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
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.AbstractScheduledEventExecutor;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The methods of an event loop that do not depend on how it is driven: registration and shutdown. */
abstract class AbstractSteppedLoop extends AbstractScheduledEventExecutor implements IoEventLoop {
    /** As Netty's loop does, this one returns a registration of its own, and counts those that are not cancelled. */
    private final class CountedRegistration implements IoRegistration {
        private final IoRegistration registration;

        CountedRegistration(IoRegistration registration) {
            this.registration = registration;
            registrations++;
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // part of the interface
        public <T> T attachment() {
            return registration.attachment();
        }

        @Override
        public long submit(IoOps ops) {
            return registration.submit(ops);
        }

        @Override
        public boolean isValid() {
            return registration.isValid();
        }

        @Override
        public boolean cancel() {
            boolean cancelled = registration.cancel();
            registrations -= cancelled ? 1 : 0;
            return cancelled;
        }
    }

    final IoHandler handler;
    private final String name;
    private final Promise<Void> termination = new DefaultPromise<>(ImmediateEventExecutor.INSTANCE);
    private int registrations;

    AbstractSteppedLoop(String name, IoHandlerFactory factory) {
        this.name = name;
        handler = factory.newHandler(this);
        handler.initialize();
    }

    /** Returns the number of registrations that are not cancelled. */
    final int registrations() {
        return registrations;
    }

    final boolean terminated() {
        return termination.trySuccess(null);
    }

    @Override
    public final Future<IoRegistration> register(IoHandle handle) {
        Promise<IoRegistration> promise = newPromise();
        if (inEventLoop()) {
            register(handle, promise);
        } else {
            execute(() -> register(handle, promise));
        }
        return promise;
    }

    private void register(IoHandle handle, Promise<IoRegistration> promise) {
        try {
            promise.setSuccess(new CountedRegistration(handler.register(handle)));
        } catch (Exception e) {
            promise.setFailure(e);
        }
    }

    @Override
    @Deprecated
    public final ChannelFuture register(Channel channel) {
        return register(new DefaultChannelPromise(channel, this));
    }

    @Override
    @Deprecated
    public final ChannelFuture register(Channel channel, ChannelPromise promise) {
        channel.unsafe().register(this, promise);
        return promise;
    }

    @Override
    @Deprecated
    public final ChannelFuture register(ChannelPromise promise) {
        promise.channel().unsafe().register(this, promise);
        return promise;
    }

    @Override
    public final boolean isCompatible(Class<? extends IoHandle> handleType) {
        return handler.isCompatible(handleType);
    }

    @Override
    public final boolean isIoType(Class<? extends IoHandler> handlerType) {
        return handler.getClass() == handlerType;
    }

    @Override
    public final IoEventLoop next() {
        return this;
    }

    @Override
    public final @Nullable EventLoopGroup parent() {
        return null;
    }

    @Override
    public final boolean isShuttingDown() {
        return isTerminated();
    }

    @Override
    public final boolean isShutdown() {
        return isTerminated();
    }

    @Override
    public final boolean isTerminated() {
        return termination.isDone();
    }

    @Override
    public final Future<?> terminationFuture() {
        return termination;
    }

    @Override
    public final Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException("use terminate()");
    }

    @Override
    @Deprecated
    public final void shutdown() {
        throw new UnsupportedOperationException("use terminate()");
    }

    @Override
    public final boolean awaitTermination(long timeout, TimeUnit unit) {
        return isTerminated();
    }

    @Override
    public final String toString() {
        return name;
    }
}
