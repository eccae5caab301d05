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
package org.namedpipe.netty.examples.echo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.examples.ChildProcess;
import org.namedpipe.netty.examples.Endpoint;
import org.namedpipe.netty.examples.Launcher;
import org.namedpipe.netty.examples.RunningExample;
import org.namedpipe.netty.examples.Transport;

/** What the demo of two processes does over any transport. */
abstract class EchoDemoBehaviour {

    private final Transport transport;

    EchoDemoBehaviour(Transport transport) {
        this.transport = transport;
    }

    @AfterEach
    void nobodyIsLeftBehind() {
        assertThat(javas(ProcessHandle.current()))
                .filteredOn(ProcessHandle::isAlive)
                .isEmpty();
    }

    @Test
    void bothProcessesEndWell() throws Exception {
        try (RunningExample demo = demo("--frames=500", "--java-option=-Dio.netty.leakDetection.level=paranoid")) {
            assertThat(demo.exitCode()).as(demo.output()).isZero();
            assertThat(demo.output().lines())
                    .anyMatch(line -> line.startsWith("[server] echo server ready on "))
                    .anyMatch(line -> line.startsWith("[client] 500 frames, "))
                    .contains("[server] echo server stopped", "echo demo: all processes ended well")
                    .noneMatch(line -> line.contains("LEAK") || line.contains("connection closed"));
        }
    }

    @Test
    void aProcessThatFailsFailsTheDemo() throws Exception {
        try (RunningExample demo = demo("--java-option=-XX:NoSuchOption")) {
            assertThat(demo.exitCode()).isEqualTo(1);
            assertThat(demo.output()).contains("[server] ").contains("the server failed with exit code 1");
        }
    }

    @Test
    void theTimeLimitEndsAServerThatIsNotReady() throws Exception {
        try (RunningExample demo = demo("--time-limit=0")) {
            assertThat(demo.exitCode()).isEqualTo(1);
            assertThat(demo.output()).contains("the server was not done within the time limit");
        }
    }

    @Test
    void theTimeLimitEndsBothProcesses() throws Exception {
        try (RunningExample demo = demo("--frames=1000000000", "--time-limit=5")) {
            assertThat(demo.exitCode()).isEqualTo(1);
            assertThat(demo.output()).contains("was not done within the time limit");
        }
    }

    @Test
    @Tag("kill")
    void aDemoThatIsKilledTakesBothProcessesAlong() throws Exception {
        List<String> command = ChildProcess.javaCommand();
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Launcher.class.getName(),
                "echo",
                "demo",
                "--transport=" + transport,
                "--frames=1000000000"));
        Process demo = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader output = demo.inputReader(StandardCharsets.UTF_8)) {
            boolean underWay =
                    output.lines().anyMatch(line -> line.startsWith("[client] ") && line.endsWith(" frames"));
            assertThat(underWay).isTrue();
            List<ProcessHandle> processes = javas(demo.toHandle());
            assertThat(processes).hasSize(2);

            demo.destroyForcibly();

            for (ProcessHandle process : processes) {
                process.onExit().get(600, TimeUnit.SECONDS);
            }
        } finally {
            demo.destroyForcibly().waitFor();
        }
    }

    @Test
    @Tag("kill")
    void aClientWhoseServerIsKilledSaysSo() throws Exception {
        try (ChildProcess server = process("server", transport.freshName())) {
            String name = nameOf(server);
            try (RunningExample client = RunningExample.start(
                    "echo", "client", "--transport=" + transport, "--name=" + name, "--frames=1000000000")) {
                client.awaitLine(" of 1,000,000,000 frames");
                server.kill();

                assertThat(client.exitCode()).isEqualTo(1);
                assertThat(client.output()).contains("examples echo client: ");
            }
        }
    }

    @Test
    @Tag("kill")
    void aClientThatIsKilledLeavesTheServerToOthers() throws Exception {
        try (RunningExample server = RunningExample.start(
                "echo", "server", "--transport=" + transport, "--name=" + transport.freshName(), "--clients=2")) {
            String name = server.awaitLine(Endpoint.ready("echo"));
            try (ChildProcess client = process("client", name, "--frames=1000000000")) {
                client.awaitLine("", deadline());
                client.kill();
            }
            try (RunningExample other = RunningExample.start(
                    "echo", "client", "--transport=" + transport, "--name=" + name, "--frames=10")) {
                assertThat(other.exitCode()).as(other.output()).isZero();
            }
            assertThat(server.exitCode()).as(server.output()).isZero();
        }
    }

    private ChildProcess process(String role, String name, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("echo", role, "--transport=" + transport, "--name=" + name));
        arguments.addAll(List.of(options));
        return ChildProcess.start(
                role, List.of(), arguments, new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    }

    private static String nameOf(ChildProcess server) throws IOException, InterruptedException {
        String ready = Endpoint.ready("echo");
        return server.awaitLine(ready, deadline()).substring(ready.length());
    }

    private static long deadline() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(600);
    }

    /** Windows gives a process without a console one of its own, which is a process too. */
    private static List<ProcessHandle> javas(ProcessHandle parent) {
        return parent.descendants()
                .filter(process -> process.info().command().orElse("").contains("java"))
                .toList();
    }

    private RunningExample demo(String... options) {
        String[] arguments = new String[3 + options.length];
        arguments[0] = "echo";
        arguments[1] = "demo";
        arguments[2] = "--transport=" + transport;
        System.arraycopy(options, 0, arguments, 3, options.length);
        return RunningExample.start(arguments);
    }
}
