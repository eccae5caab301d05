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
package org.namedpipe.netty.examples.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.util.concurrent.Promise;
import java.io.EOFException;
import java.io.PrintWriter;
import java.util.List;

/** Sends a text, waits for its echo, and sends the next; then says goodbye and waits for the server to hang up. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel
final class WebSocketClientHandler extends SimpleChannelInboundHandler<TextWebSocketFrame> {

    private final List<String> texts;
    private final PrintWriter out;
    private final Promise<Void> done;
    private int echoed;

    /**
     * Makes a handler for one channel.
     *
     * @param done succeeds when the server has hung up after all echoes, and fails if it has done so before
     */
    WebSocketClientHandler(List<String> texts, PrintWriter out, Promise<Void> done) {
        this.texts = texts;
        this.out = out;
        this.done = done;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
            out.println("WebSocket open");
            sendNext(ctx);
        }
    }

    private void sendNext(ChannelHandlerContext ctx) {
        if (echoed < texts.size()) {
            ctx.writeAndFlush(new TextWebSocketFrame(texts.get(echoed)));
        } else {
            ctx.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE));
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, TextWebSocketFrame frame) {
        if (echoed == texts.size() || !frame.text().equals(texts.get(echoed))) {
            throw new CorruptedFrameException("not the echo of text " + echoed);
        }
        out.println("echo: " + frame.text());
        echoed++;
        sendNext(ctx);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (echoed == texts.size()) {
            out.println("WebSocket closed");
            done.trySuccess(null);
        } else {
            done.tryFailure(new EOFException("the server hung up after " + echoed + " of " + texts.size() + " echoes"));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        done.tryFailure(cause);
        ctx.close();
    }
}
