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

/** The programs of each example, and the arguments that the demo gives to them. */
final class Examples {

    /** Stands for the name of a pipe that no other process uses. */
    static final String NAME = "{name}";

    static final Map<String, Example> ALL = Map.ofEntries(
            Map.entry(
                    "echo",
                    new Example(List.of(server(EchoServer.class, NAME)), List.of(client(EchoClient.class, NAME)))),
            Map.entry(
                    "ipc",
                    new Example(
                            List.of(server(IpcServer.class, NAME)),
                            List.of(client(IpcClient.class, NAME), client(IpcClient.class, NAME, "20")))),
            Map.entry(
                    "message",
                    new Example(
                            List.of(server(MessageServer.class, NAME)), List.of(client(MessageClient.class, NAME)))),
            Map.entry(
                    "service",
                    new Example(
                            List.of(server(ServiceServer.class, NAME)), List.of(client(ServiceClient.class, NAME)))),
            Map.entry(
                    "http",
                    new Example(
                            List.of(server(HttpServer.class, NAME)),
                            List.of(
                                    client(HttpClient.class, NAME, "target", "/", "/files/pom.xml"),
                                    client(WebSocketClient.class, NAME).withInput("hello\ngr\u00fc\u00dfe\n")))),
            Map.entry(
                    "docker",
                    new Example(
                            List.of(server(FakeEngine.class, NAME)),
                            List.of(
                                    client(DockerPs.class, NAME),
                                    client(DockerLogs.class, NAME, "greeter"),
                                    client(DockerAttach.class, NAME, "upper-case")
                                            .withInput("the input\nand its end\n")))),
            Map.entry(
                    "tls",
                    new Example(
                            List.of(server(TlsServer.class, NAME, "target/tls-example")),
                            List.of(client(TlsClient.class, NAME, "target/tls-example")
                                    .withInput("hello\ngr\u00fc\u00dfe\n")))),
            Map.entry(
                    "grpc",
                    new Example(List.of(server(GrpcServer.class, NAME)), List.of(client(GrpcClient.class, NAME)))),
            Map.entry(
                    "reactor",
                    new Example(
                            List.of(server(ReactorServer.class, NAME)), List.of(client(ReactorClient.class, NAME)))),
            Map.entry("relay", relay("tcp:127.0.0.1:" + freePort())));

    private Examples() {}

    /** Connects two pipes by two routes, from the first pipe to TCP and from TCP to the second pipe. */
    private static Example relay(String tcp) {
        String front = NAME + "-front";
        return new Example(
                List.of(
                        server(EchoServer.class, NAME),
                        server(Relay.class, tcp + "=pipe:" + NAME, "pipe:" + front + "=" + tcp)),
                List.of(client(EchoClient.class, front)));
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
     * A program of an example.
     *
     * @param role the name that stands before each line of its output
     * @param exitCode the exit code that is right
     * @param input the standard input
     */
    record Program(String role, Class<?> main, int exitCode, List<String> arguments, String input) {

        Program withInput(String text) {
            return new Program(role, main, exitCode, arguments, text);
        }
    }

    /** Returns a server. It prints a line that begins with {@code listening on} when it is ready. */
    static Program server(Class<?> main, String... arguments) {
        return new Program("server", main, 0, List.of(arguments), "");
    }

    /** Returns a client that ends with exit code 0. */
    static Program client(Class<?> main, String... arguments) {
        return new Program("client", main, 0, List.of(arguments), "");
    }
}
