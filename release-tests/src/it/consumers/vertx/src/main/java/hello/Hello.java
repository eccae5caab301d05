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
package hello;

import io.vertx.core.Vertx;
import io.vertx.core.http.*;
import io.vertx.core.net.SocketAddress;
import org.namedpipe.netty.vertx.NamedPipeTransport;

public class Hello {
    public static void main(String[] args) {
        Vertx vertx = Vertx.builder().withTransport(NamedPipeTransport.create()).build();
        SocketAddress address = SocketAddress.domainSocketAddress("//./pipe/hello-" + ProcessHandle.current().pid());
        vertx.createHttpServer().requestHandler(request -> request.response().end("hello")).listen(address).await();
        HttpClient client = vertx.createHttpClient();
        System.out.println(client.request(new RequestOptions().setServer(address).setURI("/"))
                .compose(HttpClientRequest::send).compose(HttpClientResponse::body).await());
        vertx.close().await();
    }
}
