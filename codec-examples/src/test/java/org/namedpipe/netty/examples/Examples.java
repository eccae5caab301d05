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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.namedpipe.netty.examples.docker.DockerAttach;
import org.namedpipe.netty.examples.docker.DockerLogs;
import org.namedpipe.netty.examples.docker.DockerPs;
import org.namedpipe.netty.examples.docker.FakeEngine;
import org.namedpipe.netty.examples.echo.EchoClient;
import org.namedpipe.netty.examples.echo.EchoServer;
import org.namedpipe.netty.examples.grpc.GrpcClient;
import org.namedpipe.netty.examples.grpc.GrpcServer;
import org.namedpipe.netty.examples.http.HttpClient;
import org.namedpipe.netty.examples.http.HttpServer;
import org.namedpipe.netty.examples.http.WebSocketClient;
import org.namedpipe.netty.examples.ipc.IpcClient;
import org.namedpipe.netty.examples.ipc.IpcServer;
import org.namedpipe.netty.examples.message.MessageClient;
import org.namedpipe.netty.examples.message.MessageServer;
import org.namedpipe.netty.examples.reactor.ReactorClient;
import org.namedpipe.netty.examples.reactor.ReactorServer;
import org.namedpipe.netty.examples.relay.Relay;
import org.namedpipe.netty.examples.service.ServiceClient;
import org.namedpipe.netty.examples.service.ServiceServer;
import org.namedpipe.netty.examples.tls.TlsClient;
import org.namedpipe.netty.examples.tls.TlsServer;

/** The programs of each example, with their arguments in the demo. */
final class Examples {

    /** A placeholder for a unique name of a pipe. */
    static final String NAME = "{name}";

    static final Map<String, Example> ALL = Map.of(
            "echo", example(server(EchoServer.class), client(EchoClient.class)),
            "ipc", example(server(IpcServer.class), client(IpcClient.class), client(IpcClient.class, "20")),
            "message", example(server(MessageServer.class), client(MessageClient.class)),
            "service", example(server(ServiceServer.class), client(ServiceClient.class)),
            "http",
                    example(
                            server(HttpServer.class),
                            client(HttpClient.class, "target", "/", "/files/pom.xml"),
                            client(WebSocketClient.class).withInput("hello\ngr\u00fc\u00dfe\n")),
            "docker",
                    example(
                            server(FakeEngine.class),
                            client(DockerPs.class),
                            client(DockerLogs.class, "greeter"),
                            client(DockerAttach.class, "upper-case").withInput("the input\nand its end\n")),
            "tls",
                    example(
                            server(TlsServer.class, "target/tls-example"),
                            client(TlsClient.class, "target/tls-example").withInput("hello\ngr\u00fc\u00dfe\n")),
            "grpc", example(server(GrpcServer.class), client(GrpcClient.class)),
            "reactor", example(server(ReactorServer.class), client(ReactorClient.class)),
            "relay", relay("tcp:127.0.0.1:" + freePort()));

    private Examples() {}

    /** Connects two pipes by two routes, from the first pipe to TCP and from TCP to the second pipe. */
    private static Example relay(String tcp) {
        String front = NAME + "-front";
        return new Example(
                List.of(
                        server(EchoServer.class),
                        new Program(
                                "relay", Relay.class, List.of(tcp + "=pipe:" + NAME, "pipe:" + front + "=" + tcp), "")),
                List.of(new Program("client", EchoClient.class, List.of(front), "")));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An example: servers that run until all clients have ended, and the clients, one after the other. */
    record Example(List<Program> servers, List<Program> clients) {}

    /**
     * A program of an example. A server prints a line that begins with {@code listening on} when it is ready. A client ends
     * with exit code 0.
     *
     * @param role the prefix of each line of its output
     * @param input the standard input
     */
    record Program(String role, Class<?> main, List<String> arguments, String input) {

        Program withInput(String text) {
            return new Program(role, main, arguments, text);
        }
    }

    static Example example(Program server, Program... clients) {
        return new Example(List.of(server), List.of(clients));
    }

    /** Returns a server with the name of the pipe as its first argument. */
    static Program server(Class<?> main, String... arguments) {
        return new Program("server", main, withName(arguments), "");
    }

    /** Returns a client with the name of the pipe as its first argument. */
    static Program client(Class<?> main, String... arguments) {
        return new Program("client", main, withName(arguments), "");
    }

    private static List<String> withName(String... arguments) {
        return Stream.concat(Stream.of(NAME), Stream.of(arguments)).toList();
    }
}
