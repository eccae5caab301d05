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
import io.netty.util.concurrent.Promise;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Waits to be greeted, then asks one thing, prints the answer, and asks the next. */
final class ServiceClientHandler extends SimpleChannelInboundHandler<String> {

    private enum State {
        /** Not accepted yet: the service may also say why it will not be. */
        CONNECTED,
        ASKING
    }

    private final List<String> requests;
    private final long count;
    private final PrintWriter out;
    private final Promise<Void> done;
    private State state = State.CONNECTED;
    private long answered;

    /**
     * Makes a handler for one channel.
     *
     * @param done succeeds when all is answered, and fails as soon as that cannot happen any more
     */
    ServiceClientHandler(List<String> requests, int repeat, PrintWriter out, Promise<Void> done) {
        this.requests = requests;
        this.count = (long) requests.size() * repeat;
        this.out = out;
        this.done = done;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, String line) throws IOException {
        switch (state) {
            case CONNECTED -> {
                if (!line.equals(ServiceHandler.GREETING)) {
                    throw new IOException("the service says: " + line);
                }
                state = State.ASKING;
            }
            case ASKING -> {
                if (answered < requests.size()) {
                    out.println(next() + " -> " + line);
                }
                answered++;
            }
        }
        if (answered < count) {
            ask(ctx);
        } else {
            done.trySuccess(null);
        }
    }

    private void ask(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(next()).addListener(written -> {
            if (!written.isSuccess()) {
                done.tryFailure(written.cause());
            }
        });
    }

    private String next() {
        return requests.get((int) (answered % requests.size()));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        done.tryFailure(new EOFException(
                String.format(Locale.ROOT, "the service hung up, %,d of %,d requests answered", answered, count)));
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nothing more can be done
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        done.tryFailure(cause);
        ctx.close();
    }
}
