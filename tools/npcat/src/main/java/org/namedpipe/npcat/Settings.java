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
package org.namedpipe.npcat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import org.namedpipe.netty.NamedPipeChannelOption;
import org.namedpipe.netty.NamedPipeMode;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of the command line that a client and a server have in common. */
final class Settings {

    /** With {@code -N}, messages transfer a byte stream; each message is one write of the sender, of any size. */
    private static final int MAX_MESSAGE_OF_STREAM = 16 * 1024 * 1024;

    @Option(
            names = {"-m", "--message"},
            description =
                    "Send each line of the input as a message without its end of line, also an empty one. Print each"
                            + " message and a line feed.")
    private boolean messages;

    @Option(
            names = {"-x", "--hex"},
            description =
                    "Print a hexadecimal dump of the received (<) and the sent (>) bytes in place of the received data.")
    private boolean hex;

    @Option(
            names = {"-X", "--hex-input"},
            description = "Read lines of hexadecimal digits in place of data. Spaces between digits are ignored.")
    private boolean hexInput;

    @Option(
            names = {"-q", "--quit"},
            description = "End at the end of the input. Without -q and -N, only the other side ends the connection.")
    private boolean quit;

    @Option(
            names = {"-N", "--half-close"},
            description =
                    "Send an empty message at the end of the input, and end when both sides have sent one. The pipe"
                            + " must have message mode, and the other side must treat an empty message as the end.")
    private boolean halfClose;

    @Option(names = "--who", description = "Print the process and the user at the other end to standard error.")
    private boolean who;

    boolean messages() {
        return messages;
    }

    boolean hex() {
        return hex;
    }

    boolean hexInput() {
        return hexInput;
    }

    boolean quit() {
        return quit;
    }

    boolean halfClose() {
        return halfClose;
    }

    boolean who() {
        return who;
    }

    /** Refuses options that contradict each other. */
    void check(CommandLine command) {
        if (quit && halfClose) {
            throw new ParameterException(command, "-q and -N exclude each other");
        }
    }

    /** Sets the options of a client's channel. */
    Bootstrap configure(Bootstrap client) {
        if (messages || halfClose) {
            client.option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE);
        }
        if (halfClose) {
            client.option(ChannelOption.ALLOW_HALF_CLOSURE, true);
            client.option(NamedPipeChannelOption.MAX_MESSAGE_SIZE, MAX_MESSAGE_OF_STREAM);
        }
        return client;
    }

    /** Sets the options of a server and of its clients' channels. */
    ServerBootstrap configure(ServerBootstrap server) {
        if (messages || halfClose) {
            server.option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE);
        }
        if (halfClose) {
            server.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
            server.childOption(NamedPipeChannelOption.MAX_MESSAGE_SIZE, MAX_MESSAGE_OF_STREAM);
        }
        return server;
    }
}
