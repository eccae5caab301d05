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

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** What the client asks of an engine. Paths without a version mean the newest that the engine has. */
final class EngineRequests {

    static final String VERSION = "/version";
    static final String CONTAINERS = "/containers/json";
    static final String CONTAINER = "/containers/";
    static final String LOGS = "/logs";
    static final String ATTACH = "/attach";

    /** What the streams of a container look like if they are told apart by {@link StreamFrameDecoder frames}. */
    static final String MULTIPLEXED = "application/vnd.docker.multiplexed-stream";

    /** What its output looks like if it has a terminal; also how the engine marks what is not upgraded. */
    static final String RAW = "application/vnd.docker.raw-stream";

    /** The protocol that an attached connection is upgraded to. */
    static final String UPGRADE = "tcp";

    private EngineRequests() {}

    static FullHttpRequest version() {
        return request(HttpMethod.GET, VERSION);
    }

    static FullHttpRequest containers(boolean all) {
        return request(HttpMethod.GET, CONTAINERS + (all ? "?all=1" : ""));
    }

    static FullHttpRequest logs(String container, boolean follow) {
        return request(HttpMethod.GET, path(container, LOGS) + "?stdout=1&stderr=1" + (follow ? "&follow=1" : ""));
    }

    /** Without {@code upgrade} the engine answers as HTTP/1.0 would, and the connection is no more HTTP all the same. */
    static FullHttpRequest attach(String container, boolean upgrade) {
        FullHttpRequest request =
                request(HttpMethod.POST, path(container, ATTACH) + "?stream=1&stdin=1&stdout=1&stderr=1");
        request.headers().set(HttpHeaderNames.CONTENT_LENGTH, HttpHeaderValues.ZERO);
        if (upgrade) {
            request.headers()
                    .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                    .set(HttpHeaderNames.UPGRADE, UPGRADE);
        }
        return request;
    }

    private static String path(String container, String what) {
        return CONTAINER + URLEncoder.encode(container, StandardCharsets.UTF_8) + what;
    }

    private static FullHttpRequest request(HttpMethod method, String uri) {
        FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, uri, Unpooled.EMPTY_BUFFER);
        request.headers().set(HttpHeaderNames.HOST, "docker");
        return request;
    }
}
