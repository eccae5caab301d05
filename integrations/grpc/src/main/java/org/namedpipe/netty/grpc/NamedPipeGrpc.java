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
package org.namedpipe.netty.grpc;

import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Grpc;
import org.namedpipe.netty.NamedPipePeer;

/** The keys of the peer's identity, which {@link NamedPipeServerBuilder} and {@link NamedPipeChannelBuilder} set. */
public final class NamedPipeGrpc {

    /**
     * The identity of the peer, among the attributes of a connection like {@link Grpc#TRANSPORT_ATTR_REMOTE_ADDR}: {@code
     * ServerCall.getAttributes()}, {@code ClientCall.getAttributes()}, and transport filters. A server looks it up after the
     * first bytes of the client, so {@link NamedPipePeer#evidence()} is the client's token if the client allows that.
     */
    @Grpc.TransportAttr
    public static final Attributes.Key<NamedPipePeer> TRANSPORT_ATTR_PEER =
            Attributes.Key.create("org.namedpipe.netty.grpc.peer");

    /** The identity of the client, in the context of each method of a server: {@code NamedPipeGrpc.PEER.get()}. */
    public static final Context.Key<NamedPipePeer> PEER = Context.key("org.namedpipe.netty.grpc.peer");

    private NamedPipeGrpc() {}
}
