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
package example;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;

/** A server and a request of Vert.x over TCP, as they are in {@code docs/swap-guide.md}. */
record VertxOverTcp(Vertx vertx, RequestOptions request) {
    static VertxOverTcp listen(int port, Handler<HttpServerRequest> handler) {
        Vertx vertx = Vertx.vertx();
        SocketAddress address = SocketAddress.inetSocketAddress(port, "127.0.0.1");
        vertx.createHttpServer().requestHandler(handler).listen(address).await();
        RequestOptions request = new RequestOptions().setServer(address).setURI("/version");
        return new VertxOverTcp(vertx, request);
    }
}
