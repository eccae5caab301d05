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
package org.namedpipe.netty.examples.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.namedpipe.netty.examples.ChildProcess;
import org.namedpipe.netty.examples.Demo;
import org.namedpipe.netty.examples.Endpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code http demo}: the same resources by HTTP/1.1 and by HTTP/2, and a WebSocket; what was downloaded is compared. */
@Command(name = "demo", description = "Run a server and three clients as processes of their own.")
final class HttpDemo implements Callable<Integer> {

    private static final String FILE = "random.bin";

    @Mixin
    private Demo demo = new Demo();

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            description = "Size of the file to download (default: ${DEFAULT-VALUE}).")
    private int size = 32 * 1024 * 1024;

    @Override
    public Integer call() throws IOException, InterruptedException {
        long deadline = demo.deadline();
        Path root = Files.createTempDirectory("http-demo");
        Path output = Files.createDirectory(root.resolve("output"));
        try {
            writeRandomBytes(root.resolve(FILE));
            try (ChildProcess server = demo.start(
                    "http", "server", demo.transport().freshName(), List.of("--clients=3", "--root=" + root))) {
                String ready = Endpoint.ready("http");
                String name = server.awaitLine(ready, deadline).substring(ready.length());
                List<String> options = List.of("--output=" + output, "/", "/count/200000", "/files/" + FILE);
                runClient("client", name, options, deadline);
                checkDownload(root, output);
                runClient(
                        "client",
                        name,
                        Stream.concat(Stream.of("--http2"), options.stream()).toList(),
                        deadline);
                checkDownload(root, output);
                runClient("websocket", name, List.of("hello", "gr\u00fc\u00dfe"), deadline);
                server.awaitSuccess(deadline);
            }
        } finally {
            deleteAll(root);
        }
        return demo.success("http");
    }

    private void runClient(String role, String name, List<String> options, long deadline)
            throws IOException, InterruptedException {
        try (ChildProcess client = demo.start("http", role, name, options)) {
            client.awaitSuccess(deadline);
        }
    }

    private void writeRandomBytes(Path file) throws IOException {
        byte[] bytes = new byte[size];
        new Random(1).nextBytes(bytes);
        Files.write(file, bytes);
    }

    private static void checkDownload(Path root, Path output) throws IOException {
        Path copy = output.resolve(FILE);
        if (Files.mismatch(root.resolve(FILE), copy) >= 0) {
            throw new IOException("the copy differs from the original");
        }
        Files.delete(copy);
    }

    private static void deleteAll(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
