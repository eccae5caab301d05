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
package org.namedpipe.netty.examples;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.iocp.IocpIoHandler;

/** Connects to the pipe that the argument names, sends nothing, and waits to be killed. */
public final class SilentClient {

    private SilentClient() {}

    public static void main(String[] args) throws Exception {
        new Bootstrap()
                .group(new MultiThreadIoEventLoopGroup(1, IocpIoHandler.newFactory()))
                .channel(NamedPipeChannel.class)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(NamedPipeAddress.of(args[0]))
                .sync();
        System.out.println("connected");
    }
}
