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
package org.namedpipe.netty.examples.docker;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.Promise;
import java.io.EOFException;

/** Comes last in a pipeline, and fails what is not done when the connection ends or something goes wrong. */
final class HangUp extends ChannelInboundHandlerAdapter {

    private final Promise<Void> done;

    HangUp(Promise<Void> done) {
        this.done = done;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            hungUp();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        hungUp();
    }

    private void hungUp() {
        if (!done.isDone()) {
            done.tryFailure(new EOFException("the engine hung up before the end of its answer"));
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nothing more can be done
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        done.tryFailure(cause);
        ctx.close();
    }
}
