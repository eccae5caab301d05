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
package org.namedpipe.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Predicate;

/** Loads {@link NamedPipe} by class loaders for which it is not available. */
final class Unavailability {
    private static final String NO_NATIVE = "io.netty.transport.noNative";

    private Unavailability() {}

    /** Returns the cause without JNA on the class path. */
    static Throwable withoutJna() throws Exception {
        return causeWithClassPath(entry -> !entry.startsWith("jna"));
    }

    /** Returns the cause if the user forbids native transports. */
    static Throwable whereForbidden() throws Exception {
        System.setProperty(NO_NATIVE, "true");
        try {
            return causeWithClassPath(entry -> true);
        } finally {
            System.clearProperty(NO_NATIVE);
        }
    }

    private static Throwable causeWithClassPath(Predicate<String> fileNames) throws Exception {
        URL[] urls = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(entry -> fileNames.test(entry.getFileName().toString()))
                .map(Unavailability::url)
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            Class<?> namedPipe = loader.loadClass(NamedPipe.class.getName());
            assertThat(namedPipe.getMethod("isAvailable").invoke(null)).isEqualTo(false);
            return (Throwable) namedPipe.getMethod("unavailabilityCause").invoke(null);
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
