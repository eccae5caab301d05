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
package org.namedpipe.netty.examples.message;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeCall;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.NamedPipeChannelOption;
import org.namedpipe.netty.NamedPipeMode;
import org.namedpipe.netty.iocp.IocpIoHandler;

/**
 * Sends messages and waits for the answer to each: on one connection ({@code TransactNamedPipe}), then with a connection for
 * each ({@code CallNamedPipe}). The arguments are the name of the pipe and how often to send the messages on the connection.
 */
public final class MessageClient {

    private static final int TIMEOUT_MILLIS = 10_000;

    private MessageClient() {}

    public static void main(String[] args) throws Exception {
        NamedPipeAddress address = NamedPipeAddress.of(args.length > 0 ? args[0] : "netty-message");
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 1;

        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, IocpIoHandler.newFactory());
        try {
            NamedPipeChannel channel = (NamedPipeChannel) new Bootstrap()
                    .group(group)
                    .channel(NamedPipeChannel.class)
                    .option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE)
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(address)
                    .sync()
                    .channel();
            for (int i = 0; i < rounds; i++) {
                for (String text : List.of("hello", "", "x".repeat(MessageServer.MAX_BYTES + 1), "still here")) {
                    print("transaction", text, NamedPipeCall.transact(channel, message(text), TIMEOUT_MILLIS));
                }
            }
            channel.close().sync();

            for (String text : List.of("one shot", "")) {
                print("call", text, NamedPipeCall.call(group, address, message(text), TIMEOUT_MILLIS));
            }
        } finally {
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS);
        }
    }

    private static ByteBuf message(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    /** Waits for an answer, and prints it. */
    private static void print(String kind, String text, Future<ByteBuf> answer) throws InterruptedException {
        ByteBuf bytes = answer.sync().getNow();
        System.out.println(kind + ": " + quote(text) + " -> " + quote(bytes.toString(StandardCharsets.UTF_8)));
        bytes.release();
    }

    private static String quote(String text) {
        return text.length() <= 80 ? '"' + text + '"' : text.length() + " characters";
    }
}
