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
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Puts the class path of a test on a module path. */
public final class ModulePath {
    private ModulePath() {}

    /**
     * Resolves a module and all modules that it requires.
     *
     * @param testOnly parts of the names of jars that only tests use
     * @throws java.lang.module.ResolutionException if a module is missing, or two have a package in common
     */
    public static Configuration resolve(String module, List<String> testOnly) {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Path[] jars = Arrays.stream(classPath.split(File.pathSeparator))
                .filter(entry -> !entry.contains("test-classes")
                        && !entry.contains("-tests.jar")
                        && !entry.contains("-fixtures-"))
                .filter(entry -> testOnly.stream().noneMatch(entry::contains))
                .map(Path::of)
                .toArray(Path[]::new);
        return ModuleLayer.boot().configuration().resolve(ModuleFinder.of(jars), ModuleFinder.of(), Set.of(module));
    }
}
