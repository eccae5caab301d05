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

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Loads {@link NamedPipe} by class loaders for which it is not available. */
final class Unavailability {
    private static final String BINDING = "org.namedpipe.netty.binding";
    private static final String NO_NATIVE = "io.netty.transport.noNative";

    private Unavailability() {}

    /** Returns the cause without JNA on the class path, if JNA is to be used. */
    static Throwable withoutJna() throws Exception {
        return requireNonNull(causeWithoutJna("jna"));
    }

    /** Returns the cause without JNA on the class path, {@code null} if the transport is available. */
    static @Nullable Throwable causeWithoutJna(String binding) throws Exception {
        return causeWith(BINDING, binding, entry -> !entry.startsWith("jna"));
    }

    /** Returns the cause with JNA, if a property chooses a binding. */
    static @Nullable Throwable withBinding(String binding) throws Exception {
        return causeWith(BINDING, binding, entry -> true);
    }

    /** Returns the cause if the user forbids native transports. */
    static Throwable whereForbidden() throws Exception {
        return requireNonNull(causeWith(NO_NATIVE, "true", entry -> true));
    }

    private static @Nullable Throwable causeWith(String property, String value, Predicate<String> fileNames)
            throws Exception {
        @Nullable String before = System.getProperty(property);
        System.setProperty(property, value);
        try {
            return causeWithClassPath(fileNames);
        } finally {
            if (before == null) {
                System.clearProperty(property);
            } else {
                System.setProperty(property, before);
            }
        }
    }

    private static @Nullable Throwable causeWithClassPath(Predicate<String> fileNames) throws Exception {
        URL[] urls = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(entry -> fileNames.test(entry.getFileName().toString()))
                .map(Unavailability::url)
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            Class<?> namedPipe = loader.loadClass(NamedPipe.class.getName());
            Throwable cause =
                    (Throwable) namedPipe.getMethod("unavailabilityCause").invoke(null);
            assertThat(namedPipe.getMethod("isAvailable").invoke(null)).isEqualTo(cause == null);
            return cause;
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
