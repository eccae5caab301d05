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
package org.namedpipe.netty.testsuite.foreign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The commands of .NET, for a folder with its runtime and compiler. They need no project file, and fetch nothing. */
record Dotnet(Path home) {
    private static final List<String> LIBRARIES = List.of(
            "System.Private.CoreLib",
            "System.Runtime",
            "System.Runtime.Extensions",
            "System.Console",
            "System.IO",
            "System.IO.Pipes",
            "System.Security.Principal");

    /** Returns the only folder in a folder, which has the name of a version. */
    private static Path version(Path folder) {
        try (Stream<Path> versions = Files.list(folder)) {
            return versions.findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path runtime() {
        return version(home.resolve("shared/Microsoft.NETCore.App"));
    }

    /** Returns the command that starts a library with a main method, in place of a project's settings. */
    private List<String> exec(Path library) {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("dotnet.exe").toString());
        command.add("exec");
        command.add("--runtimeconfig");
        command.add(compiler().resolve("csc.runtimeconfig.json").toString());
        command.add(library.toString());
        return command;
    }

    private Path compiler() {
        return version(home.resolve("sdk")).resolve("Roslyn/bincore");
    }

    List<String> compile(Path source, Path program) {
        List<String> command = exec(compiler().resolve("csc.dll"));
        command.add("-nologo");
        command.add("-lib:" + runtime());
        LIBRARIES.forEach(library -> command.add("-reference:" + library + ".dll"));
        command.add("-out:" + program);
        command.add(source.toString());
        return command;
    }

    List<String> run(Path program) {
        return exec(program);
    }
}
