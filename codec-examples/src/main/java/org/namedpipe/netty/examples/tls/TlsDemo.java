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
package org.namedpipe.netty.examples.tls;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.namedpipe.netty.examples.Demo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tls demo}: makes certificates, lets two clients speak different protocols, and removes the certificates. */
@Command(name = "demo", description = "Run a server and two clients as processes of their own.")
final class TlsDemo implements Callable<Integer> {

    @Mixin
    private Demo demo = new Demo();

    @Override
    public Integer call() throws Exception {
        Path directory = Files.createTempDirectory("tls-demo");
        try {
            Certificates.create(directory);
            String certificates = "--certificates=" + directory;
            return demo.run(
                    "tls",
                    List.of("--clients=2", certificates),
                    List.of(certificates, "--protocol=shout", "hello", "gr\u00fc\u00dfe"),
                    List.of(certificates, "--protocol=echo", "--repeat=200", "x".repeat(8000)));
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
