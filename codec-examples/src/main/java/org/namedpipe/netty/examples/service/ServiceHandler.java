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

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.Future;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Greets who was accepted, and does what he asks, one thing at a time. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel
final class ServiceHandler extends SimpleChannelInboundHandler<String> {

    static final String GREETING = "at your service";

    /** What the answer to a request begins with that was not done. */
    static final String REFUSED = "refused: ";

    private static final String READ = "read ";
    private static final AtomicLong SERVED = new AtomicLong();

    private enum State {
        IDLE,
        /** What was asked is done on another thread. */
        BUSY
    }

    private final Caller caller;
    private final PrintWriter err;
    private State state = State.IDLE;

    ServiceHandler(Caller caller, PrintWriter err) {
        this.caller = caller;
        this.err = err;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(GREETING);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, String request) {
        if (state == State.BUSY) {
            ctx.writeAndFlush(REFUSED + "one thing at a time");
        } else if (request.equals("whoami")) {
            answer(ctx, caller.identity());
        } else if (request.equals("status")) {
            ctx.writeAndFlush(SERVED.incrementAndGet() + " requests served");
        } else if (request.startsWith(READ)) {
            read(ctx, request.substring(READ.length()));
        } else {
            ctx.writeAndFlush(REFUSED + "no such request");
        }
    }

    /** The service could read more than who asks for it may. */
    private void read(ChannelHandlerContext ctx, String name) {
        try {
            Path file = Path.of(name);
            answer(ctx, caller.runAs(() -> FirstLine.of(file)));
        } catch (InvalidPathException e) {
            ctx.writeAndFlush(REFUSED + e.getMessage());
        }
    }

    private void answer(ChannelHandlerContext ctx, Future<?> outcome) {
        state = State.BUSY;
        outcome.addListener(done -> {
            state = State.IDLE;
            SERVED.incrementAndGet();
            ctx.writeAndFlush(done.isSuccess() ? done.getNow().toString() : REFUSED + done.cause());
        });
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        err.println("connection closed: " + cause);
        ctx.close();
    }
}
