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

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.namedpipe.netty.AbstractNamedPipePeerFilter;
import org.namedpipe.netty.NamedPipePeer;

/**
 * Decides who is served, says so, and tells who is not before it hangs up. Without the talking,
 * {@code NamedPipePeerFilter} would do.
 */
@Sharable
final class Authorization extends AbstractNamedPipePeerFilter {

    private final Predicate<NamedPipePeer> operator;
    private final PrintWriter out;

    Authorization(Predicate<NamedPipePeer> operator, PrintWriter out) {
        this.operator = operator;
        this.out = out;
    }

    @Override
    protected boolean accept(ChannelHandlerContext ctx, NamedPipePeer peer) {
        return operator.test(peer);
    }

    @Override
    protected void channelAccepted(ChannelHandlerContext ctx, NamedPipePeer peer) {
        out.println(ctx.channel().id().asShortText() + " accepted " + peer);
    }

    @Override
    protected ChannelFuture channelRejected(ChannelHandlerContext ctx, NamedPipePeer peer) {
        out.println(ctx.channel().id().asShortText() + " rejected " + peer);
        return ctx.writeAndFlush(
                Unpooled.copiedBuffer(ServiceHandler.REFUSED + "you are no operator\n", StandardCharsets.UTF_8));
    }
}
