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

import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.namedpipe.netty.streams.NamedPipeStreams;

/** A response whose body is read from the connection. */
final class DockerResponse implements Response {
    private final HttpResponse head;
    private final NamedPipeStreams streams;

    DockerResponse(HttpResponse head, NamedPipeStreams streams) {
        this.head = head;
        this.streams = streams;
    }

    /** Returns 200 for a hijacked connection: docker-java takes 101 for an error. */
    @Override
    public int getStatusCode() {
        return head.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)
                ? HttpResponseStatus.OK.code()
                : head.status().code();
    }

    @Override
    public Map<String, List<String>> getHeaders() {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : head.headers().names()) {
            headers.put(name, head.headers().getAll(name));
        }
        return headers;
    }

    @Override
    public InputStream getBody() {
        return streams.inputStream();
    }

    @Override
    public void close() {
        try {
            streams.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
