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
package org.namedpipe.netty.dockerjava;

import com.github.dockerjava.transport.DockerHttpClient.Request;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.streams.NamedPipeStreams;

/** A request and its response on a connection of their own. */
final class DockerExchange extends SimpleChannelInboundHandler<HttpObject> {
    private static final int BLOCK = 64 * 1024;

    private final Promise<HttpResponse> head;
    private @SuppressWarnings("NullAway.Init") NamedPipeStreams streams;
    /** Whether the request has hijacked input. */
    private boolean hijacks;
    /** Whether the connection has no HTTP any more. */
    private boolean hijacked;
    /** Whether the body has ended. */
    private boolean ended;

    DockerExchange(EventLoop loop) {
        head = loop.newPromise();
    }

    /** Sets the pipeline up: HTTP, this handler, the body as a stream. */
    void install(Channel channel) {
        channel.pipeline().addLast(new HttpClientCodec()).addLast(this);
        streams = NamedPipeStreams.of(channel);
    }

    DockerResponse run(ChannelFuture connect, Request request, Duration timeout) throws IOException {
        InputStream input = request.hijackedInput();
        hijacks = input != null;
        await(connect, Duration.ZERO, "not connected within %d ms");
        Channel channel = connect.channel();
        send(channel, request, timeout);
        channel.read();
        HttpResponse response = Objects.requireNonNull(await(head, timeout, "no answer within %d ms"));
        if (input != null && endsHttp(response)) {
            startInput(input);
        }
        return new DockerResponse(response, streams);
    }

    private static void send(Channel channel, Request request, Duration timeout) throws IOException {
        HttpMethod method = HttpMethod.valueOf(request.method());
        byte[] bytes = request.bodyBytes();
        InputStream body = request.body();
        if (bytes == null && body != null) {
            HttpRequest message = new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, request.path());
            HttpUtil.setTransferEncodingChunked(message, true);
            channel.write(withHeaders(message, request));
            sendChunks(channel, body, timeout);
            awaitRead(channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT), timeout);
        } else {
            // In message mode an empty part would be an empty message, which ends the input of the engine.
            ByteBuf content = bytes != null ? Unpooled.wrappedBuffer(bytes) : Unpooled.EMPTY_BUFFER;
            HttpRequest message = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, request.path(), content);
            HttpUtil.setContentLength(message, content.readableBytes());
            awaitRead(channel.writeAndFlush(withHeaders(message, request)), timeout);
        }
    }

    private static HttpRequest withHeaders(HttpRequest message, Request request) {
        message.headers().set(HttpHeaderNames.HOST, "localhost");
        request.headers().forEach(message.headers()::set);
        if (request.hijackedInput() != null) {
            message.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
            message.headers().set(HttpHeaderNames.UPGRADE, "tcp");
        }
        return message;
    }

    private static void sendChunks(Channel channel, InputStream body, Duration timeout) throws IOException {
        byte[] block = new byte[BLOCK];
        for (int length = body.read(block); length >= 0; length = body.read(block)) {
            if (length > 0) {
                awaitRead(
                        channel.writeAndFlush(new DefaultHttpContent(Unpooled.copiedBuffer(block, 0, length))),
                        timeout);
            }
        }
    }

    /** Waits until a part of the request is in the pipe, which has little room for what the engine has not read. */
    private static void awaitRead(ChannelFuture write, Duration timeout) throws IOException {
        await(write, timeout, "the engine has not read the request within %d ms");
    }

    /**
     * Waits for a result.
     *
     * @param late the message of the error if the time is over, with its milliseconds
     */
    private static <T> @Nullable T await(Future<T> future, Duration timeout, String late) throws IOException {
        try {
            if (timeout.isZero()) {
                future.await();
            } else if (!future.await(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new SocketTimeoutException(String.format(late, timeout.toMillis()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        Throwable cause = future.cause();
        if (cause instanceof IOException e) {
            throw e;
        }
        if (cause != null) {
            throw new IOException(cause);
        }
        return future.getNow();
    }

    /** Returns whether the connection has no HTTP from now on. An engine that ignores the upgrade sends the stream as a body. */
    private boolean endsHttp(HttpResponse response) {
        HttpResponseStatus status = response.status();
        return hijacks
                && (status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS)
                        || (status.equals(HttpResponseStatus.OK)
                                && !HttpUtil.isContentLengthSet(response)
                                && !HttpUtil.isTransferEncodingChunked(response)));
    }

    /** Copies the input to the engine, on a thread of its own because reading it blocks. */
    private void startInput(InputStream input) {
        Thread thread = new Thread(() -> copy(input), "namedpipe-docker-input");
        thread.setDaemon(true);
        thread.start();
    }

    private void copy(InputStream input) {
        try {
            input.transferTo(streams.outputStream());
            streams.shutdownOutput();
        } catch (IOException | RuntimeException e) {
            // The response ends, or fails, for the same reason. If the input itself failed, the engine sees the close.
            streams.channel().pipeline().fireExceptionCaught(e);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) throws IOException {
        if (part.decoderResult().isFailure()) {
            throw new IOException(
                    "the engine has not sent HTTP", part.decoderResult().cause());
        }
        if (part instanceof HttpResponse response) {
            hijacked = endsHttp(response);
            if (hijacked) {
                // Passes on the bytes that follow the head.
                ctx.pipeline().remove(HttpClientCodec.class);
            }
            head.trySuccess(response);
        } else if (part instanceof HttpContent content && !hijacked) {
            ctx.fireChannelRead(content.content().retain());
            if (part instanceof LastHttpContent) {
                ended = true;
                // The connection is not used again.
                ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
                ctx.close();
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!head.isDone()) {
            ctx.read();
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!head.isDone()) {
            head.tryFailure(new IOException("the engine has closed the connection without an answer"));
        } else if (!ended) {
            ctx.fireExceptionCaught(
                    new IOException("the engine has closed the connection before the end of the response"));
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE && !hijacked) {
            // The codec and this handler decide whether the response was complete.
            ctx.close();
            return;
        }
        // The empty message by which the engine ends a hijacked stream.
        ended |= event == ChannelInputShutdownEvent.INSTANCE;
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        head.tryFailure(cause);
        ctx.fireExceptionCaught(cause);
    }
}
