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
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.iocp.IocpIoHandler;

/** The base of the tests of examples, which run the programs as processes over real pipes. */
public abstract class AbstractExampleTest {

    private static final List<String> PARANOID = List.of("-Dio.netty.leakDetection.level=paranoid");

    /** A pipe name that no other process uses. */
    protected final String name = "netty-example-" + UUID.randomUUID();

    private final List<ExampleProcess> processes = new ArrayList<>();
    private @Nullable EventLoopGroup group;

    @AfterEach
    void endProcessesAndLoops() throws Exception {
        if (group != null) {
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
        }
        processes.forEach(ExampleProcess::close);
        assertThat(javaProcesses(ProcessHandle.current()))
                .filteredOn(ProcessHandle::isAlive)
                .isEmpty();
        assertThat(processes).noneMatch(process -> process.output().contains("LEAK"));
    }

    /** Returns the Java processes below another. Windows starts console processes beside them. */
    protected static List<ProcessHandle> javaProcesses(ProcessHandle parent) {
        return parent.descendants()
                .filter(process -> process.info().command().orElse("").contains("java"))
                .toList();
    }

    /** Starts a program. The first argument is usually {@link #name}. */
    protected ExampleProcess start(String role, Class<?> program, String... arguments) throws IOException {
        return start(role, List.of(), program, arguments);
    }

    /** Starts a program with more options for its Java, such as system properties. */
    protected ExampleProcess start(String role, List<String> javaOptions, Class<?> program, String... arguments)
            throws IOException {
        List<String> allOptions = new ArrayList<>(PARANOID);
        allOptions.addAll(javaOptions);
        ExampleProcess process = ExampleProcess.start(role, allOptions, program, List.of(arguments), System.out);
        processes.add(process);
        return process;
    }

    /** Starts a server on the pipe {@link #name}, and waits until it listens. */
    protected ExampleProcess server(Class<?> program, String... arguments) throws Exception {
        return start("server", program, withName(arguments)).awaitListening();
    }

    /** Starts a client of the pipe {@link #name}. */
    protected ExampleProcess client(Class<?> program, String... arguments) throws IOException {
        return start("client", program, withName(arguments));
    }

    private String[] withName(String... arguments) {
        List<String> all = new ArrayList<>(List.of(name));
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }

    /** Runs the demo of an example to its end, and returns the output of its programs. */
    protected static String demo(String example) throws Exception {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        RunExample.run(
                Objects.requireNonNull(Examples.ALL.get(example)),
                TimeUnit.MINUTES.toNanos(10),
                PARANOID,
                new PrintStream(output, true, StandardCharsets.UTF_8));
        String text = output.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
        assertThat(text).doesNotContain("LEAK");
        return text;
    }

    /** Returns the event loop of the channels that a test itself opens. */
    protected EventLoopGroup group() {
        if (group == null) {
            group = new MultiThreadIoEventLoopGroup(1, IocpIoHandler.newFactory());
        }
        return group;
    }

    /** Connects to the pipe {@link #name}. */
    protected Channel connect(ChannelHandler handler) throws InterruptedException {
        return connectPipe(name, handler);
    }

    /** Connects to another pipe. */
    protected Channel connectPipe(String pipe, ChannelHandler handler) throws InterruptedException {
        return new Bootstrap()
                .group(group())
                .channel(NamedPipeChannel.class)
                .handler(handler)
                .connect(NamedPipeAddress.of(pipe))
                .sync()
                .channel();
    }

    /** Writes bytes. */
    protected static void send(Channel channel, int... bytes) throws InterruptedException {
        byte[] wire = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            wire[i] = (byte) bytes[i];
        }
        send(channel, wire);
    }

    /** Writes bytes. */
    protected static void send(Channel channel, byte[] bytes) throws InterruptedException {
        channel.writeAndFlush(Unpooled.wrappedBuffer(bytes)).sync();
    }
}
