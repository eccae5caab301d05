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
package org.namedpipe.netty.examples.reactor;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.NamedPipeServerChannel;
import reactor.netty.resources.LoopResources;

/**
 * Provides named pipe channels and their event loops to Reactor Netty.
 *
 * <p>Reactor Netty requests a {@code SocketChannel} or a {@code ServerSocketChannel}, but only calls methods that every
 * {@link Channel} has. So the unchecked casts work.
 */
public final class NamedPipeLoopResources implements LoopResources {

    private final EventLoopGroup group;

    /** Creates resources whose channels use the event loops of {@code group}. */
    public NamedPipeLoopResources(EventLoopGroup group) {
        this.group = group;
    }

    @Override
    public EventLoopGroup onServer(boolean useNative) {
        return group;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <C extends Channel> C onChannel(Class<C> type, EventLoopGroup loops) {
        return (C) (isServer(type) ? new NamedPipeServerChannel() : new NamedPipeChannel());
    }

    @Override
    @SuppressWarnings("unchecked")
    public <C extends Channel> Class<? extends C> onChannelClass(Class<C> type, EventLoopGroup loops) {
        return (Class<? extends C>) (isServer(type) ? NamedPipeServerChannel.class : NamedPipeChannel.class);
    }

    private static boolean isServer(Class<?> type) {
        return ServerChannel.class.isAssignableFrom(type);
    }
}
