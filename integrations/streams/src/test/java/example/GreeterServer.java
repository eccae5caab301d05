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

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeServerChannel;
import org.namedpipe.netty.streams.NamedPipeStreams;

/** A server of LSP4J over a pipe. {@code docs/integrations.md} shows how it takes the streams of a client. */
record GreeterServer(Executor executor) implements Greeter {
    @Override
    public CompletableFuture<String> greet(String name) {
        return CompletableFuture.completedFuture("hello, " + name);
    }

    ChannelFuture bind(EventLoopGroup group, String name) {
        return new ServerBootstrap()
                .group(group)
                .channel(NamedPipeServerChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        NamedPipeStreams streams = NamedPipeStreams.of(channel);
                        executor.execute(() -> serve(streams));
                    }
                })
                .bind(NamedPipeAddress.of(name));
    }

    private void serve(NamedPipeStreams streams) {
        Launcher.createLauncher(this, Greeter.class, streams.inputStream(), streams.outputStream())
                .startListening();
    }
}
