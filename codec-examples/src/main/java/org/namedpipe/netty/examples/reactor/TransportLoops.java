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
import io.netty.channel.ReflectiveChannelFactory;
import io.netty.channel.ServerChannel;
import org.namedpipe.netty.examples.Transport;
import reactor.netty.resources.LoopResources;

/** The event loops and the channels that Reactor Netty is to use. Whoever made the loops also ends them. */
final class TransportLoops implements LoopResources {

    private final Transport transport;
    private final EventLoopGroup group;

    TransportLoops(Transport transport, EventLoopGroup group) {
        this.transport = transport;
        this.group = group;
    }

    @Override
    public EventLoopGroup onServer(boolean useNative) {
        return group;
    }

    /** Instead of what the type says, which is a socket: Reactor Netty asks no more of it than any channel has. */
    @Override
    @SuppressWarnings("unchecked")
    public <C extends Channel> C onChannel(Class<C> type, EventLoopGroup loops) {
        return (C) new ReflectiveChannelFactory<>(channelClass(type)).newChannel();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <C extends Channel> Class<? extends C> onChannelClass(Class<C> type, EventLoopGroup loops) {
        return (Class<? extends C>) channelClass(type);
    }

    private Class<? extends Channel> channelClass(Class<?> type) {
        return ServerChannel.class.isAssignableFrom(type) ? transport.serverChannel() : transport.channel();
    }
}
