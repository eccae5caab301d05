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

import io.netty.channel.Channel;
import java.io.PrintWriter;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.NamedPipeAddress;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say where a server listens and a client connects to. */
public final class Endpoint {

    @Option(
            names = "--transport",
            defaultValue = "pipe",
            description = "What to run over: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Transport transport = Transport.PIPE;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The pipe's name or path, or host:port (default: netty-example, or 127.0.0.1:7007).")
    private @Nullable String name;

    @Mixin
    private Parent parent = new Parent();

    /** What to run over. */
    public Transport transport() {
        return transport;
    }

    /**
     * The address that the options name.
     *
     * @throws ParameterException if they name none
     */
    public SocketAddress address(CommandLine command) {
        String given = name != null ? name : transport.defaultName();
        try {
            return transport.address(given);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, "--name: " + e.getMessage(), e);
        }
    }

    /**
     * The pipe that the options name, for programs that need what only pipes have.
     *
     * @throws ParameterException if they name none
     */
    public NamedPipeAddress pipeAddress(CommandLine command) {
        if (address(command) instanceof NamedPipeAddress pipe) {
            return pipe;
        }
        throw new ParameterException(command, "--transport: only a pipe can do this");
    }

    /** Lets the program end with the one that started it. */
    public void endWithParent() {
        parent.endWithParent();
    }

    /** What the line starts with that says where a server listens. */
    public static String ready(String example) {
        return example + " server ready on ";
    }

    /** Says where a server listens. */
    public void announce(String example, SocketAddress address, PrintWriter out) {
        out.println(ready(example) + transport.nameOf(address));
    }

    /** Says where a server listens, and waits until it is closed: by one of its handlers, or at Ctrl+C. */
    public void serve(String example, Channel server, PrintWriter out) throws InterruptedException {
        announce(example, server.localAddress(), out);
        try {
            server.closeFuture().sync();
        } finally {
            server.close().awaitUninterruptibly();
        }
    }
}
