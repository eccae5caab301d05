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
package org.namedpipe.netty.microbench.results;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import io.netty.util.Version;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The environment of a measurement: Java, operating system, CPU, library versions. It is stored beside the results. */
public final class Environment {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private Environment() {}

    /** Returns the environment of this JVM. */
    public static Map<String, String> now() {
        Map<String, String> facts = new TreeMap<>();
        facts.put("Java", System.getProperty("java.vendor") + ' ' + System.getProperty("java.runtime.version"));
        facts.put("System", System.getProperty("os.name") + ' ' + System.getProperty("os.version") + wine());
        facts.put("CPU", cpu());
        facts.put("CPUs of this JVM", String.valueOf(Runtime.getRuntime().availableProcessors()));
        facts.put("JNA", Native.VERSION);
        Version netty = Version.identify().get("netty-transport");
        facts.put("Netty", netty == null ? "unknown" : netty.artifactVersion());
        return facts;
    }

    /** Writes the environment of this JVM to a file. */
    public static void write(Path file) throws IOException {
        Properties properties = new Properties();
        properties.putAll(now());
        try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            properties.store(writer, null);
        }
    }

    /** Returns the environment that {@link #write} has written. */
    public static Map<String, String> read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        Map<String, String> facts = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> facts.put(name, properties.getProperty(name)));
        return facts;
    }

    private static String wine() {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows")) {
            return "";
        }
        try {
            return " (Wine "
                    + NativeLibrary.getInstance("ntdll")
                            .getFunction("wine_get_version")
                            .invokeString(new Object[0], false)
                    + ')';
        } catch (UnsatisfiedLinkError e) {
            return ""; // real Windows
        }
    }

    private static String cpu() {
        String windows = System.getenv("PROCESSOR_IDENTIFIER");
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .orElse("unknown");
        } catch (IOException e) {
            return windows == null ? "unknown" : windows;
        }
    }
}
