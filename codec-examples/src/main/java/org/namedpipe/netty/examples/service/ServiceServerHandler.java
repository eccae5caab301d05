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
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.namedpipe.netty.NamedPipeChannel;

/** Answers {@code whoami} with the identity of the client, and {@code read FILE} with the first line of the file. */
final class ServiceServerHandler extends SimpleChannelInboundHandler<String> {

    static final String GREETING = "ready";

    private boolean busy;

    /** Called when the client has been accepted. */
    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(GREETING);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, String request) {
        NamedPipeChannel channel = (NamedPipeChannel) ctx.channel();
        if (busy) {
            ctx.writeAndFlush("refused: wait for the answer before the next request");
        } else if (request.equals("whoami")) {
            answer(ctx, channel.peer());
        } else if (request.startsWith("read ")) {
            try {
                Path file = Path.of(request.substring("read ".length()));
                // With the service's own rights any client could read any file.
                answer(ctx, channel.runAsClient(() -> firstLine(file)));
            } catch (InvalidPathException e) {
                ctx.writeAndFlush("refused: " + e.getMessage());
            }
        } else {
            ctx.writeAndFlush("refused: no such request");
        }
    }

    private void answer(ChannelHandlerContext ctx, Future<?> result) {
        busy = true;
        result.addListener(done -> {
            busy = false;
            ctx.writeAndFlush(done.isSuccess() ? done.getNow().toString() : "refused: " + done.cause());
        });
    }

    static String firstLine(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(200), StandardCharsets.UTF_8);
            return text.lines().findFirst().orElse("");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        cause.printStackTrace();
        ctx.close();
    }
}
