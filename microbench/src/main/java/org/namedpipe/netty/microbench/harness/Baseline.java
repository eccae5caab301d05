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
package org.namedpipe.netty.microbench.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs the baseline program, {@code src/main/c/iocp_baseline.c}, which describes its commands. */
final class Baseline {
    private final Path program;

    Baseline(Path program) {
        this.program = program.toAbsolutePath();
        if (!Files.isRegularFile(this.program)) {
            throw new IllegalArgumentException("the baseline program does not exist: " + this.program
                    + "; the build compiles it where there is a C compiler for Windows");
        }
    }

    /** Runs one repetition. @return the measured values, by metric */
    Map<String, Double> run(String mode, String... settings) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString(), mode, "repetitions=1"));
        command.addAll(List.of(settings));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException(command + " ended with " + code + ": " + output);
        }
        Map<String, Double> values = new HashMap<>();
        for (String line : output.lines().toList()) {
            String[] fields = line.split(",", -1);
            if (fields[1].equals("0")) {
                values.put(fields[0], Double.parseDouble(fields[2]));
            }
        }
        return values;
    }
}
