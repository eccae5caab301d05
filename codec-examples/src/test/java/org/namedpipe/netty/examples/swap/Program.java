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
package org.namedpipe.netty.examples.swap;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import java.io.IOException;
import java.net.SocketAddress;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** The program of the guide, over TCP or over pipes. */
interface Program {
    EventLoopGroup loops();

    /** Returns the same program with the address of a bound server. */
    Program at(SocketAddress bound);

    Channel server(EventLoopGroup group, ChannelHandler handler) throws InterruptedException;

    Channel client(EventLoopGroup group, ChannelHandler handler) throws InterruptedException;

    Server grpcServer(ServerServiceDefinition service) throws IOException;

    ManagedChannel grpcClient();

    Channel httpClient(EventLoopGroup group, ChannelHandler handler) throws InterruptedException;

    Channel http2Client(EventLoopGroup group, Http2ConnectionHandler connection, ChannelHandler responses)
            throws InterruptedException;

    HttpClient reactorClient(EventLoopGroup group, ConnectionProvider connections);
}
