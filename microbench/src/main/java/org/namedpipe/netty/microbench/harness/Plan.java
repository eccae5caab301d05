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
 * The options of a measurement.
 *
 * @param baseline the baseline program
 * @param effort the extent of the measurement
 * @param workloads the workloads of the echo as {@code connections,depth,size}, or none for those of {@code effort}
 * @param only the names of the subjects of the echo, or none for all; a single subject can be profiled
 */
public record Plan(Path baseline, Effort effort, List<String> workloads, List<String> only) {
    boolean includes(String subject) {
        return only.isEmpty() || only.contains(subject);
    }

    List<Workload> echoWorkloads() {
        return workloads.isEmpty()
                ? effort.workloads()
                : workloads.stream().map(Workload::parse).toList();
    }
}
