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

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** What the tests of an example need: its programs in this JVM and as processes of their own, over any transport. */
public abstract class ExampleBehaviour {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(600);
    private static final String PARANOID = "-Dio.netty.leakDetection.level=paranoid";

    protected final Transport transport;
    protected final String example;

    protected ExampleBehaviour(Transport transport, String example) {
        this.transport = transport;
        this.example = example;
    }

    @AfterEach
    void nobodyIsLeftBehind() {
        assertThat(javas(ProcessHandle.current()))
                .filteredOn(ProcessHandle::isAlive)
                .isEmpty();
    }

    /** The processes below another. Windows gives a process without a console one of its own, which is a process too. */
    protected static List<ProcessHandle> javas(ProcessHandle parent) {
        return parent.descendants()
                .filter(process -> process.info().command().orElse("").contains("java"))
                .toList();
    }

    /** Runs the demo to its end, and returns what it said. */
    protected String demo(String... options) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of(example, "demo", "--transport=" + transport, "--java-option=" + PARANOID));
        arguments.addAll(List.of(options));
        try (RunningExample demo = RunningExample.start(arguments.toArray(String[]::new))) {
            assertThat(demo.exitCode()).as(demo.output()).isZero();
            assertThat(demo.output())
                    .contains(example + " demo: all processes ended well")
                    .doesNotContain("LEAK");
            return demo.output();
        }
    }

    /** Runs a server in this JVM. */
    protected RunningExample server(String... options) {
        return RunningExample.start(
                arguments("server", transport.freshName(), options).toArray(String[]::new));
    }

    /** Runs a client in this JVM. */
    protected RunningExample client(String name, String... options) {
        return RunningExample.start(arguments("client", name, options).toArray(String[]::new));
    }

    /** Runs a server as a process of its own. */
    protected ChildProcess serverProcess(String... options) throws IOException {
        return process("server", arguments("server", transport.freshName(), options));
    }

    /** Runs a client as a process of its own. */
    protected ChildProcess clientProcess(String name, String... options) throws IOException {
        return process("client", arguments("client", name, options));
    }

    /** Runs the launcher as a process of its own, whose output also appears in that of the tests. */
    protected static ChildProcess process(String role, List<String> arguments) throws IOException {
        return ChildProcess.start(
                role, List.of(PARANOID), arguments, new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    }

    private List<String> arguments(String role, String name, String... options) {
        List<String> arguments = new ArrayList<>(List.of(example, role, "--transport=" + transport, "--name=" + name));
        arguments.addAll(List.of(options));
        return arguments;
    }

    /** Waits for a server to be ready, and returns where it listens. */
    protected String nameOf(RunningExample server) throws InterruptedException {
        return server.awaitLine(Endpoint.ready(example));
    }

    /** Waits for a server to be ready, and returns where it listens. */
    protected String nameOf(ChildProcess server) throws IOException, InterruptedException {
        String ready = Endpoint.ready(example);
        return server.awaitLine(ready, deadline()).substring(ready.length());
    }

    /** When a test's patience ends, in {@link System#nanoTime()}. */
    protected static long deadline() {
        return System.nanoTime() + PATIENCE;
    }

    /** Connects a client that is not the example's. */
    protected Channel connect(EventLoops loops, String name, ChannelHandler handler) throws InterruptedException {
        return new Bootstrap()
                .group(loops.group())
                .channel(transport.channel())
                .handler(handler)
                .connect(transport.address(name))
                .sync()
                .channel();
    }

    /** Writes raw bytes. */
    protected static void send(Channel channel, byte... bytes) throws InterruptedException {
        channel.writeAndFlush(Unpooled.wrappedBuffer(bytes)).sync();
    }

    /** Starts a server that says one thing to each client, however it asks, and hangs up. */
    protected Channel listen(EventLoops loops, String answer) throws InterruptedException {
        return listen(loops, new ServerBootstrap(), answer);
    }

    /** Starts such a server with more options. */
    protected Channel listen(EventLoops loops, ServerBootstrap options, String answer) throws InterruptedException {
        return options.group(loops.group())
                .channel(transport.serverChannel())
                .childHandler(new SimpleChannelInboundHandler<ByteBuf>() {
                    @Override
                    public boolean isSharable() {
                        return true;
                    }

                    @Override
                    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf question) {
                        ctx.writeAndFlush(ByteBufUtil.writeUtf8(ctx.alloc(), answer))
                                .addListener(ChannelFutureListener.CLOSE);
                    }
                })
                .bind(transport.address(transport.freshName()))
                .sync()
                .channel();
    }
}
