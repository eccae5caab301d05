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

import java.util.ArrayList;
import java.util.List;
import org.namedpipe.netty.microbench.results.Results;

/** The same connections on one event loop and on several, at each end. It needs as many processors to show anything. */
final class LoopsExperiment {
    static final String NAME = "loops";

    private static final List<Integer> LOOPS = List.of(1, 2, 4);
    private static final List<Workload> WORKLOADS = List.of(new Workload(8, 1, 64), new Workload(8, 100, 64));
    private static final int MAX_ROUNDS = 5;

    private final Plan plan;
    private final Results results;

    LoopsExperiment(Plan plan, Results results) {
        this.plan = plan;
        this.results = results;
    }

    void run() throws Exception {
        for (Workload workload : WORKLOADS) {
            List<LoopsSubject> subjects = new ArrayList<>();
            try {
                for (Transport transport : List.of(Transport.PIPE, Transport.TCP)) {
                    for (int loops : LOOPS) {
                        if (plan.includes(transport.text) && isWorthwhile(loops)) {
                            subjects.add(new LoopsSubject(transport, workload, loops));
                        }
                    }
                }
                measure(workload, subjects);
            } finally {
                subjects.forEach(LoopsSubject::close);
            }
        }
    }

    /** Two loops are compared everywhere, so that what a second one costs shows too. */
    private static boolean isWorthwhile(int loops) {
        return loops <= Math.max(2, Runtime.getRuntime().availableProcessors());
    }

    private void measure(Workload workload, List<LoopsSubject> subjects) throws Exception {
        List<WarmUp> warmed = new ArrayList<>();
        for (LoopsSubject subject : subjects) {
            warmed.add(WarmUp.run(subject, workload, plan.effort()));
        }
        for (int round = 0; round < Math.min(plan.effort().rounds, MAX_ROUNDS); round++) {
            for (WarmUp each : warmed) {
                double nanos = each.subject.round(each.messages);
                results.add(workload.row(NAME, each.subject.name(), "ns_per_message", round, nanos));
                Progress.print("%s: %s: %.2f us", workload, each.subject.name(), nanos / 1e3);
            }
        }
    }
}
