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

import io.grpc.netty.GrpcHttp2ConnectionHandler;
import io.grpc.netty.InternalProtocolNegotiator.ProtocolNegotiator;
import io.netty.channel.ChannelHandler;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/** Adds the identity of the peer to a negotiation, plaintext or TLS. */
final class PeerNegotiator implements ProtocolNegotiator {
    private final ProtocolNegotiator negotiator;
    private final boolean server;
    private final boolean sharesLoops;
    private final @Nullable SharedLoops ofClient;

    PeerNegotiator(ProtocolNegotiator negotiator, boolean server, boolean sharesLoops) {
        this.negotiator = negotiator;
        this.server = server;
        this.sharesLoops = sharesLoops;
        ofClient = sharesLoops && !server ? new SharedLoops() : null;
    }

    @Override
    public AsciiString scheme() {
        return negotiator.scheme();
    }

    @Override
    public ChannelHandler newHandler(GrpcHttp2ConnectionHandler grpc) {
        return new PeerHandler(negotiator.newHandler(grpc), server, sharesLoops);
    }

    /** Called when a client's channel has terminated, or a server has closed its name. */
    @Override
    public void close() {
        negotiator.close();
        if (ofClient != null) {
            ofClient.release();
        }
    }
}
