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
package org.namedpipe.netty.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.namedpipe.netty.testing.ChildJava;

/** Runs each check in its own process, and kills the process and its children when its time is over. */
final class CheckProcesses implements CheckRunner {
    /** A process at its limit has this much time to write its thread dump. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final int LAST_LINES = 12;

    private final Path folder;
    private final Class<?> main;
    private final Duration grace;

    /**
     * @param folder the folder for results and output of the processes
     * @param main the program, which takes the arguments of {@link CheckMain}
     */
    CheckProcesses(Path folder, Class<?> main) {
        this(folder, main, GRACE);
    }

    CheckProcesses(Path folder, Class<?> main, Duration grace) {
        this.folder = folder;
        this.main = main;
        this.grace = grace;
    }

    @Override
    public Outcome run(int index, Duration limit) throws IOException, InterruptedException {
        Path results = folder.resolve("check-" + (index + 1) + ".results");
        Path output = folder.resolve("check-" + (index + 1) + ".log");
        Files.deleteIfExists(results);
        long start = System.nanoTime();
        Process process = start(output, Integer.toString(index), results.toString(), Long.toString(limit.toMillis()));
        boolean ended;
        try {
            ended = process.waitFor(limit.plus(grace).toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            // Children that are still running would keep pipes and files open.
            List<ProcessHandle> children = process.descendants().toList();
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        }
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        return ended
                ? Outcome.ended(time, read(results), lastOutput(process.exitValue(), output))
                : Outcome.killed(time, read(results));
    }

    private Process start(Path output, String... arguments) throws IOException {
        List<String> command = ChildJava.command();
        command.addAll(List.of("-ea", "-Xmx1g", "--enable-native-access=ALL-UNNAMED"));
        command.add("-XX:ErrorFile=" + folder.resolve("hs_err_pid%p.log"));
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private static List<TestResult> read(Path results) throws IOException {
        if (Files.notExists(results)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(results)) {
            return lines.map(TestResult::decode).flatMap(Optional::stream).toList();
        }
    }

    private static String lastOutput(int exit, Path output) throws IOException {
        // An unexpected charset must not hide the reason for which the process ended.
        List<String> lines = new String(Files.readAllBytes(output), StandardCharsets.ISO_8859_1)
                .lines()
                .toList();
        List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
        return "the process ended with code " + exit + (last.isEmpty() ? "" : "; its last output:\n")
                + String.join("\n", last);
    }
}
