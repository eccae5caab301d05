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

import com.github.dockerjava.transport.DockerHttpClient;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.NamedPipeChannelOption;
import org.namedpipe.netty.NamedPipeMode;
import org.namedpipe.netty.iocp.IocpIoHandler;

/**
 * Sends the requests of docker-java to the pipe of an engine:
 *
 * <pre>{@code
 * DockerClientConfig config = DefaultDockerClientConfig.createDefaultConfigBuilder().build();
 * DockerClient docker = DockerClientImpl.getInstance(config, NamedPipeDockerHttpClient.of(config.getDockerHost()));
 * }</pre>
 *
 * <p>Each request has a connection of its own, which ends with its response. All connections share one thread; a request with
 * hijacked input has another one, which reads that input. Any thread may call {@link #execute}. It waits for the head of the
 * response.
 */
public final class NamedPipeDockerHttpClient implements DockerHttpClient {
    /** A message has the size of its sender's write. */
    private static final int MAX_MESSAGE = 16 * 1024 * 1024;

    private final NamedPipeAddress engine;
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, IocpIoHandler.newFactory());
    private volatile Duration responseTimeout = Duration.ZERO;

    private NamedPipeDockerHttpClient(NamedPipeAddress engine) {
        this.engine = engine;
    }

    /**
     * Creates a client. {@link #close()} ends its thread.
     *
     * @param engine a name as {@code docker_engine}, {@code \\.\pipe\docker_engine} or {@code npipe:////./pipe/docker_engine}
     * @throws IllegalArgumentException if this is not the name of a pipe
     * @throws UnsatisfiedLinkError if this is not 64-bit Windows, or JNA cannot be loaded
     */
    public static NamedPipeDockerHttpClient of(String engine) {
        return new NamedPipeDockerHttpClient(NamedPipeAddress.of(engine));
    }

    /** Creates a client for the value of {@code DOCKER_HOST}; see {@link #of(String)}. */
    public static NamedPipeDockerHttpClient of(URI engine) {
        return of(engine.toString());
    }

    /**
     * Limits the time between a request and the head of its response, and, while the request is being sent, the time in which
     * the engine must read a part of it. A body that is a stream has parts of 64 KiB, another one is a single part.
     *
     * @param timeout {@link Duration#ZERO} (the default) for no limit
     */
    public NamedPipeDockerHttpClient setResponseTimeout(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("the time-out is negative: " + timeout);
        }
        responseTimeout = timeout;
        return this;
    }

    /**
     * Sends a request and waits for the head of the response.
     *
     * @throws UncheckedIOException if the engine cannot be reached, or does not answer
     */
    @Override
    public Response execute(Request request) {
        DockerExchange exchange = new DockerExchange(group.next());
        ChannelFuture connect = new Bootstrap()
                .group(group)
                .channel(NamedPipeChannel.class)
                // In message mode an empty message ends one direction.
                .option(
                        NamedPipeChannelOption.PIPE_MODE,
                        request.hijackedInput() != null ? NamedPipeMode.MESSAGE : NamedPipeMode.BYTE)
                .option(NamedPipeChannelOption.MAX_MESSAGE_SIZE, MAX_MESSAGE)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        exchange.install(channel);
                    }
                })
                .connect(engine);
        try {
            return exchange.run(connect, request, responseTimeout);
        } catch (IOException e) {
            connect.channel().close();
            throw new UncheckedIOException(request.method() + ' ' + request.path() + " to " + engine, e);
        } catch (RuntimeException | Error e) {
            // A body that cannot be read, or a header that HTTP does not allow.
            connect.channel().close();
            throw e;
        }
    }

    /** Closes all connections, and ends the thread of the client. Does not wait. */
    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
