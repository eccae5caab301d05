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
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.examples.Examples.Example;
import org.namedpipe.netty.examples.echo.EchoClient;
import org.namedpipe.netty.examples.echo.EchoServer;

class RunExampleIT extends AbstractExampleTest {

    private static final long MINUTES = TimeUnit.MINUTES.toNanos(10);

    private static Example echo(String frames) {
        return Examples.example(Examples.server(EchoServer.class), Examples.client(EchoClient.class, frames));
    }

    @Test
    void failsIfAServerFails() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> RunExample.run(echo("1"), MINUTES, List.of("-XX:NoSuchOption"), System.out))
                .withMessageContaining("the server ended with exit code 1");
    }

    @Test
    void failsIfAClientFails() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> RunExample.run(echo("many"), MINUTES, List.of(), System.out))
                .withMessageContaining("the client ended with exit code 1");
    }

    @Test
    void timeLimitEndsAllProcesses() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(
                        () -> RunExample.run(echo("1000000000"), TimeUnit.SECONDS.toNanos(5), List.of(), System.out))
                .withMessageContaining("took longer than its time limit");
    }

    @Test
    void processesEndWhenTheirParentIsKilled() throws Exception {
        ExampleProcess demo = start("demo", EndlessDemo.class);
        demo.awaitLine("[client] 1,000 of 1,000,000,000 frames");
        List<ProcessHandle> processes = javaProcesses(demo.handle());
        assertThat(processes).hasSize(2);

        demo.kill();

        for (ProcessHandle process : processes) {
            process.onExit().get(10, TimeUnit.MINUTES);
        }
    }

    @Test
    void runsASingleProgram() throws Exception {
        server(EchoServer.class);
        ExampleProcess client = start("client", RunExample.class, "echo.EchoClient", name, "3");

        assertThat(client.exitCode()).isZero();
        assertThat(client.output()).contains("3 frames echoed");
    }

    /** A demo that runs until it is killed. */
    public static final class EndlessDemo {

        private EndlessDemo() {}

        public static void main(String[] args) throws Exception {
            RunExample.run(echo("1000000000"), MINUTES, List.of(), System.out);
        }
    }
}
