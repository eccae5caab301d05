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

import com.google.gson.JsonObject;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command in a container of the fake engine: {@code upper-case CODE} returns its input in capital letters and ends with an
 * exit code, {@code greet CODE} has no input.
 */
final class FakeExec {

    private final String id;
    private final boolean greets;
    private final int code;
    private volatile boolean running;
    private volatile @Nullable Integer exitCode;

    FakeExec(String id, List<String> command) {
        this.id = id;
        greets = command.get(0).equals("greet");
        code = Integer.parseInt(command.get(1));
    }

    /** Starts the command. Returns a handler that is its input and output. */
    ChannelInboundHandlerAdapter start() {
        running = true;
        return greets ? new Greeting() : new UpperCaseContainer(this::end);
    }

    private void end() {
        exitCode = code;
        running = false;
    }

    /** Returns the state of the command as the engine does. */
    JsonObject inspect() {
        JsonObject json = new JsonObject();
        json.addProperty("ID", id);
        json.addProperty("Running", running);
        json.addProperty("ExitCode", exitCode);
        return json;
    }

    private final class Greeting extends ChannelInboundHandlerAdapter {

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            // The pipeline still has HTTP.
            ctx.executor().execute(() -> greet(ctx));
        }

        private void greet(ChannelHandlerContext ctx) {
            ByteBuf frame = ctx.alloc().buffer();
            FakeContainer.writeFrame(frame, StreamPiece.STDOUT, "hello from a command\n");
            end();
            ctx.writeAndFlush(frame);
            ((DuplexChannel) ctx.channel()).shutdownOutput().addListener(ChannelFutureListener.CLOSE);
        }
    }
}
