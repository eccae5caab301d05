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
package org.namedpipe.netty.examples.service;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import java.util.function.Predicate;
import org.namedpipe.netty.AbstractNamedPipePeerFilter;
import org.namedpipe.netty.NamedPipePeer;

/**
 * Accepts or rejects a client by its identity, before anything is read. It prints the decision and sends the reason to a client
 * that it rejects; a filter that does neither is {@code NamedPipePeerFilter}.
 */
final class Authorization extends AbstractNamedPipePeerFilter {

    private final Predicate<NamedPipePeer> served;

    Authorization(Predicate<NamedPipePeer> served) {
        this.served = served;
    }

    @Override
    protected boolean accept(ChannelHandlerContext ctx, NamedPipePeer peer) {
        return served.test(peer);
    }

    @Override
    protected void channelAccepted(ChannelHandlerContext ctx, NamedPipePeer peer) {
        System.out.println("accepted " + peer);
    }

    /** Returns the write that is to be done before the channel is closed. */
    @Override
    protected ChannelFuture channelRejected(ChannelHandlerContext ctx, NamedPipePeer peer) {
        System.out.println("rejected " + peer);
        return ctx.writeAndFlush(ByteBufUtil.writeUtf8(ctx.alloc(), "refused: you may not use this service\n"));
    }
}
