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
package org.namedpipe.netty.testsuite.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannelOption;
import org.namedpipe.netty.NamedPipeConnectPolicy;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.TestLoops;

/** Exchanges requests between Node's module {@code http} and Netty's HTTP codec. */
@NeedsPeer(ForeignPeer.NODE)
class NodeHttpIT {
    private static final String SCRIPT = "http_peer.js";
    private static final int LARGEST_BODY = 4_000_000;
    private static final int ENOUGH = 1_000_000;

    private final NamedPipeAddress name = Names.fresh();
    private final TestLoops loops = new TestLoops(WindowsKernel.instance());
    private final EventLoopGroup group = loops.group(1);

    @AfterEach
    void close() {
        loops.close();
    }

    private Channel connect(ChannelHandler... afterCodec) throws Exception {
        ChannelFuture connected = Boot.client(group, () -> new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpClientCodec()).addLast(afterCodec);
                    }
                })
                .option(NamedPipeChannelOption.CONNECT_POLICY, NamedPipeConnectPolicy.WAIT_FOR_SERVER)
                .connect(name);
        Await.get(connected);
        return connected.channel();
    }

    private static FullHttpRequest request(HttpMethod method, String path, byte[] body) {
        FullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, path, Unpooled.wrappedBuffer(body));
        request.headers().set(HttpHeaderNames.HOST, "localhost");
        HttpUtil.setContentLength(request, body.length);
        return request;
    }

    @Test
    void foreignClientIsServedOverOneConnection() throws Exception {
        BlockingQueue<HttpService> accepted = serve();
        try (ForeignProcess node = ForeignProcess.node(SCRIPT, "get-http", name.path())) {
            assertThat(node.lines())
                    .containsExactly(
                            "GET /hello: 200, " + of("hello from netty".getBytes(StandardCharsets.US_ASCII)),
                            "POST /echo: 200, " + of(repeated("the body of a request ", 1_500_000)),
                            "GET /chunks: 200, " + of(new byte[HttpService.CHUNKS * HttpService.CHUNK]));
        }
        assertThat(accepted).hasSize(1);
    }

    private static String of(byte[] body) {
        Sum sum = new Sum();
        sum.add(body);
        return sum.ofBytes();
    }

    private static byte[] repeated(String text, int length) {
        return Arrays.copyOf(text.repeat(length / text.length() + 1).getBytes(StandardCharsets.US_ASCII), length);
    }

    private BlockingQueue<HttpService> serve() throws Exception {
        BlockingQueue<HttpService> accepted = new LinkedBlockingQueue<>();
        Await.get(Boot.server(group, () -> {
                    HttpService service = new HttpService(LARGEST_BODY);
                    accepted.add(service);
                    return service;
                })
                .bind(name));
        return accepted;
    }

    @Test
    void foreignServerServesOverOneConnection() throws Exception {
        Responses responses = new Responses();
        byte[] body = repeated("something to be echoed ", 1_500_000);
        try (ForeignProcess node = ForeignProcess.node(SCRIPT, "serve-http", name.path())) {
            Channel channel = connect(new HttpObjectAggregator(LARGEST_BODY), responses);
            channel.writeAndFlush(request(HttpMethod.GET, "/hello", new byte[0]));
            assertThat(responses.body()).asString(StandardCharsets.US_ASCII).isEqualTo("hello from node");
            channel.writeAndFlush(request(HttpMethod.POST, "/echo", body));
            assertThat(Arrays.equals(responses.body(), body)).isTrue();
            channel.writeAndFlush(request(HttpMethod.GET, "/chunks", new byte[0]));
            // Each chunk of 50,000 bytes has the same content.
            assertThat(responses.body()).hasSize(40 * 50_000).startsWith(repeated("chunk ", 50_000));
            channel.writeAndFlush(request(HttpMethod.GET, "/stop", new byte[0]));
            assertThat(responses.body()).asString(StandardCharsets.US_ASCII).isEqualTo("stopping");

            Await.get(channel.closeFuture());
            assertThat(node.lines()).containsExactly("GET /hello", "POST /echo", "GET /chunks", "GET /stop", "stopped");
        }
    }

    @Test
    void foreignClientIsKilledDuringAResponse() throws Exception {
        BlockingQueue<HttpService> accepted = serve();
        try (ForeignProcess node = ForeignProcess.node(SCRIPT, "read-http", name.path())) {
            HttpService service = Await.next(accepted);
            Await.until(() -> service.endlessBytes() > ENOUGH);
            node.kill();
            Await.get(service.disconnected());
        }
        try (ForeignProcess next = ForeignProcess.node(SCRIPT, "get-http", name.path())) {
            assertThat(next.lines()).hasSize(3);
        }
    }

    @Test
    void foreignServerIsKilledDuringAResponse() throws Exception {
        PartOfResponse part = new PartOfResponse();
        try (ForeignProcess node = ForeignProcess.node(SCRIPT, "serve-http", name.path())) {
            Channel channel = connect(part);
            channel.writeAndFlush(request(HttpMethod.GET, "/endless", new byte[0]));
            Await.get(part.enough);
            node.kill();

            Await.get(channel.closeFuture());
            assertThat(Await.get(part.whole)).isFalse();
        }
    }

    /** Collects aggregated responses. */
    private static final class Responses extends ChannelInboundHandlerAdapter {
        private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();

        byte[] body() throws InterruptedException {
            if (Await.next(received) instanceof byte[] body) {
                return body;
            }
            throw new AssertionError("no response with status 200; others: " + received);
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            FullHttpResponse response = (FullHttpResponse) message;
            boolean ok = response.status().equals(HttpResponseStatus.OK);
            received.add(ok ? ByteBufUtil.getBytes(response.content()) : response.toString());
            response.release();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            received.add(cause);
        }
    }

    /** Receives a response whose end is not expected. */
    private static final class PartOfResponse extends ChannelInboundHandlerAdapter {
        final Promise<HttpResponse> enough = GlobalEventExecutor.INSTANCE.newPromise();
        final Promise<Boolean> whole = GlobalEventExecutor.INSTANCE.newPromise();
        private boolean ended;
        private long bytes;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof HttpContent content) {
                bytes += content.content().readableBytes();
                ended |= content instanceof LastHttpContent
                        && content.decoderResult().isSuccess();
            }
            if (bytes > ENOUGH) {
                enough.trySuccess(null);
            }
            ReferenceCountUtil.release(message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            whole.setSuccess(ended);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            enough.tryFailure(cause);
        }
    }
}
