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

import java.util.List;
import java.util.Locale;
import org.namedpipe.netty.microbench.results.Results;

/**
 * The experiments of the harness. Memory is measured first, before other code has run in the JVM. The rows of each
 * experiment contain its name in lower case.
 */
public enum Experiment {
    /** Memory of idle connections. */
    IDLE {
        @Override
        public void run(Plan plan, Results results) throws Exception {
            new IdleExperiment(plan.effort(), results).run();
        }
    },
    /** Connections that are accepted and closed. */
    ACCEPT {
        @Override
        public void run(Plan plan, Results results) throws Exception {
            new AcceptExperiment(new Baseline(plan.baseline()), plan.effort(), results).run();
        }
    },
    /** One active connection among idle ones. */
    ACTIVE {
        @Override
        public void run(Plan plan, Results results) throws Exception {
            new ActiveExperiment(new Baseline(plan.baseline()), plan.effort(), results).run();
        }
    },
    /** Latency and throughput of all subjects. */
    ECHO {
        @Override
        public void run(Plan plan, Results results) throws Exception {
            new EchoExperiment(new Baseline(plan.baseline()), plan, results).run();
        }
    },
    /** Round trips at a fixed rate beside streams. */
    MIXED {
        @Override
        public void run(Plan plan, Results results) throws Exception {
            new MixedExperiment(plan, results).run();
        }
    },
    /** Several event loops. */
    LOOPS {
        @Override
        public void run(Plan plan, Results results) throws Exception {
            new LoopsExperiment(plan, results).run();
        }
    },
    /** Calls and packets per message. */
    CALLS {
        @Override
        public void run(Plan plan, Results results) throws Exception {
            new CallsExperiment(plan.effort().countedMessages, results).run(COUNTED);
        }
    },
    /** Bytes allocated per message. */
    ALLOCATION {
        @Override
        public void run(Plan plan, Results results) throws Exception {
            new AllocationExperiment(plan.effort().countedMessages, results).run(COUNTED);
        }
    };

    private static final List<Workload> COUNTED = List.of(
            new Workload(1, 1, 64),
            new Workload(1, 16, 64),
            new Workload(1, 100, 64),
            new Workload(1, 1, 64 * 1024),
            new Workload(1, 1, 1024 * 1024));

    /** Runs the experiment, and adds its rows to {@code results}. */
    public abstract void run(Plan plan, Results results) throws Exception;

    /** Returns the name of the file for the rows. */
    public String fileName() {
        return name().toLowerCase(Locale.ROOT) + ".csv";
    }
}
