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

import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server that uses the shared event loops until it is shut down, also if it has not started. Its connections have uses of
 * their own.
 */
final class SharingServer extends Server {
    private final Server server;
    private final SharedLoops loops;

    SharingServer(Server server, SharedLoops loops) {
        this.server = server;
        this.loops = loops;
    }

    @Override
    public Server start() throws IOException {
        server.start();
        return this;
    }

    @Override
    public Server shutdown() {
        server.shutdown();
        loops.release();
        return this;
    }

    @Override
    public Server shutdownNow() {
        server.shutdownNow();
        loops.release();
        return this;
    }

    @Override
    public int getPort() {
        return server.getPort();
    }

    @Override
    public List<? extends SocketAddress> getListenSockets() {
        return server.getListenSockets();
    }

    @Override
    public List<ServerServiceDefinition> getServices() {
        return server.getServices();
    }

    @Override
    public List<ServerServiceDefinition> getImmutableServices() {
        return server.getImmutableServices();
    }

    @Override
    public List<ServerServiceDefinition> getMutableServices() {
        return server.getMutableServices();
    }

    @Override
    public boolean isShutdown() {
        return server.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return server.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return server.awaitTermination(timeout, unit);
    }

    @Override
    public void awaitTermination() throws InterruptedException {
        server.awaitTermination();
    }

    @Override
    public String toString() {
        return server.toString();
    }
}
