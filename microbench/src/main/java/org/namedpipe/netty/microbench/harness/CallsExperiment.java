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
import java.util.Map;
import java.util.TreeMap;
import org.namedpipe.netty.internal.win32.Kernels;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.iocp.IocpCounters;
import org.namedpipe.netty.iocp.IocpIoHandler;
import org.namedpipe.netty.iocp.IocpIoHandlerFactory;
import org.namedpipe.netty.microbench.results.Results;

/**
 * Counts the Windows calls and the packets of server and client: per message of the framed echo, and per client that
 * connects, reads one byte and closes. Nothing is timed.
 */
final class CallsExperiment {
    /** The name of the experiment in the results. */
    static final String NAME = "calls";

    /** The size, in bytes, above which fewer messages are sent. */
    private static final int LARGE = 4096;
    /** The cost of an accept, in messages. */
    private static final int MESSAGES_PER_ACCEPT = 20;

    private final int messages;
    private final Results results;

    /** Creates an experiment over {@code messages} messages that adds its rows to {@code results}. */
    CallsExperiment(int messages, Results results) {
        this.messages = messages;
        this.results = results;
    }

    /** Counts for each workload, on one connection. */
    void run(List<Workload> workloads) throws Exception {
        for (Workload workload : workloads) {
            Side server = new Side("server");
            Side client = new Side("client");
            Endpoints endpoints = new Endpoints(Transport.PIPE, server.factory, client.factory, EchoPipeline.server());
            int rounds = Math.max(2 * workload.depth(), messages / (1 + workload.size() / LARGE));
            count(new NettySubject(Transport.PIPE, workload, endpoints), rounds, workload, server, client);
        }
        Side server = new Side("accept-server");
        Side client = new Side("accept-client");
        Subject clients = new AcceptExperiment.Clients(Transport.PIPE, server.factory, client.factory);
        count(clients, Math.max(1, messages / MESSAGES_PER_ACCEPT), AcceptExperiment.WORKLOAD, server, client);
    }

    private static void count(Subject subject, int rounds, Workload workload, Side server, Side client)
            throws Exception {
        try (subject) {
            subject.round(rounds);
            server.mark();
            client.mark();
            subject.round(rounds);
            server.report(workload, rounds);
            client.report(workload, rounds);
        }
    }

    /** The calls of one end, as the difference of two counts. */
    private final class Side {
        private final String name;
        private final CountingKernel kernel = new CountingKernel(WindowsKernel.instance());
        private final IocpIoHandlerFactory factory = Kernels.on(kernel.kernel(), IocpIoHandler::newFactory);
        private Map<String, Long> calls = Map.of();
        private long packets;
        private long byPacket;

        Side(String name) {
            this.name = name;
        }

        void mark() {
            calls = kernel.calls();
            IocpCounters counters = factory.counters();
            packets = counters.packets();
            byPacket = counters.completedAsynchronously();
        }

        void report(Workload workload, int rounds) {
            Map<String, Long> delta = new TreeMap<>(kernel.calls());
            delta.replaceAll((call, count) -> count - calls.getOrDefault(call, 0L));
            IocpCounters counters = factory.counters();
            long sum = 0;
            for (Map.Entry<String, Long> call : delta.entrySet()) {
                if (call.getValue() > 0) {
                    add(workload, rounds, call.getKey(), call.getValue());
                    sum += call.getValue();
                }
            }
            add(workload, rounds, "calls_per_message", sum);
            add(workload, rounds, "packets_per_message", counters.packets() - packets);
            add(workload, rounds, "pended_per_message", counters.completedAsynchronously() - byPacket);
            Progress.print("%s, %s: %.4f calls per message", name, workload, (double) sum / rounds);
        }

        private void add(Workload workload, int rounds, String metric, long count) {
            results.add(workload.row(NAME, name, metric, 0, (double) count / rounds));
        }
    }
}
