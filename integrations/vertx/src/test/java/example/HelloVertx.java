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

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import org.namedpipe.netty.vertx.NamedPipeTransport;

/** The program of {@code docs/integrations.md}. */
final class HelloVertx {
    private HelloVertx() {}

    /** Returns the answer. */
    static Buffer run() {
        Vertx vertx = Vertx.builder().withTransport(NamedPipeTransport.create()).build();
        SocketAddress orders = SocketAddress.domainSocketAddress("//./pipe/orders");

        vertx.createHttpServer()
                .requestHandler(request -> request.response().end("hello"))
                .listen(orders)
                .await();
        HttpClient client = vertx.createHttpClient();
        Buffer answer = client.request(new RequestOptions().setServer(orders).setURI("/"))
                .compose(HttpClientRequest::send)
                .compose(HttpClientResponse::body)
                .await();

        vertx.close().await();
        return answer;
    }
}
