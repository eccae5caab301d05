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
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.namedpipe.netty.NamedPipeChannel;

/** Waits for the greeting, then sends a request, prints the answer, and sends the next request. */
final class ServiceClientHandler extends SimpleChannelInboundHandler<String> {

    private final Queue<String> requests;
    private boolean greeted;

    ServiceClientHandler(String... requests) {
        this.requests = new ArrayDeque<>(List.of(requests));
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ((NamedPipeChannel) ctx.channel())
                .peer()
                .addListener(server -> System.out.println("connected to " + server.getNow()));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, String line) throws IOException {
        if (greeted) {
            System.out.println(requests.remove() + " -> " + line);
        } else if (line.equals(ServiceServerHandler.GREETING)) {
            greeted = true;
        } else {
            throw new IOException(line);
        }
        if (requests.isEmpty()) {
            ctx.close();
        } else {
            ctx.writeAndFlush(requests.element());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        cause.printStackTrace();
        ctx.close();
    }

    /** Fails if the connection was closed too early. */
    void checkComplete() throws IOException {
        if (!requests.isEmpty()) {
            throw new IOException("the connection was closed before the answer to: " + requests);
        }
    }
}
