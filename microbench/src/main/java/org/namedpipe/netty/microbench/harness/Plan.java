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

import java.nio.file.Path;
import java.util.List;

/**
 * What to measure against what, and how long.
 *
 * @param baseline the baseline program
 * @param effort how much to measure
 * @param shapes what conversations to have, as {@code connections,depth,size}; those of {@code effort} if there are
 * none
 * @param only who takes part in the echo, all if there are none: one alone can be profiled
 */
public record Plan(Path baseline, Effort effort, List<String> shapes, List<String> only) {
    boolean includes(String contender) {
        return only.isEmpty() || only.contains(contender);
    }

    List<Shape> conversations() {
        return shapes.isEmpty()
                ? effort.shapes()
                : shapes.stream().map(Shape::parse).toList();
    }
}
