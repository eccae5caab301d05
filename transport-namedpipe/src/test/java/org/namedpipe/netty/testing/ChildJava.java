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
package org.namedpipe.netty.testing;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command of a child process that runs the same Java as this one. */
public final class ChildJava {
    private static final String BINDING = "org.namedpipe.netty.binding";

    /** Properties of this JVM that a child needs too. */
    private static final List<String> INHERITED = List.of(
            "java.security.properties",
            "java.net.preferIPv4Stack",
            "io.netty.machineId",
            "java.io.tmpdir",
            "jna.tmpdir",
            BINDING);

    private ChildJava() {}

    /** Returns the program and the options that it needs on this machine. The caller adds its own. */
    public static List<String> command() {
        String java = File.separatorChar == '\\' ? "java.exe" : "java";
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", java).toString());
        for (String property : INHERITED) {
            String value = System.getProperty(property);
            if (value != null) {
                command.add("-D" + property + '=' + value);
            }
        }
        if ("ffm".equals(System.getProperty(BINDING))) {
            command.add("--enable-preview");
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.add("-XX:-PrintWarnings");
        return command;
    }
}
