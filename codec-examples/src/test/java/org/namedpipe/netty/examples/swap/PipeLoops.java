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
package org.namedpipe.netty.examples.swap;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import org.namedpipe.netty.NamedPipeChannel;
import reactor.netty.resources.LoopResources;

/** Provides event loops and channels for Reactor Netty's clients. */
final class PipeLoops implements LoopResources {
    private final EventLoopGroup group;

    PipeLoops(EventLoopGroup group) {
        this.group = group;
    }

    @Override
    public EventLoopGroup onServer(boolean useNative) {
        return group;
    }

    @Override
    @SuppressWarnings("unchecked") // the type is SocketChannel, but only methods of Channel are called
    public <C extends Channel> C onChannel(Class<C> type, EventLoopGroup loops) {
        return (C) new NamedPipeChannel();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <C extends Channel> Class<? extends C> onChannelClass(Class<C> type, EventLoopGroup loops) {
        return (Class<? extends C>) NamedPipeChannel.class;
    }
}
