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
import org.namedpipe.netty.internal.win32.JnaKernel;
import org.namedpipe.netty.iocp.BenchmarkHandlerFactory;
import org.namedpipe.netty.iocp.IocpCounters;
import org.namedpipe.netty.iocp.IocpIoHandlerFactory;
import org.namedpipe.netty.microbench.results.Results;

/**
 * What the framed echo has the server and its client ask of Windows: calls and packets per message; and the same of a
 * client that comes, is greeted and goes. Nothing is timed.
 */
final class CallsExperiment {
    /** As rows name this. */
    static final String NAME = "calls";

    /** Of messages that are larger fewer will do. */
    private static final int LARGE = 4096;
    /** An accept is as dear as that many messages. */
    private static final int MESSAGES_PER_ACCEPT = 20;

    private final int messages;
    private final Results results;

    /** An experiment over that many messages, which adds to {@code results}. */
    CallsExperiment(int messages, Results results) {
        this.messages = messages;
        this.results = results;
    }

    /** Counts, on one connection each. */
    void run(List<Shape> shapes) throws Exception {
        for (Shape shape : shapes) {
            Side server = new Side("server");
            Side client = new Side("client");
            Endpoints endpoints = new Endpoints(Wire.PIPE, server.factory, client.factory, EchoPipeline.server());
            int rounds = Math.max(2 * shape.depth(), messages / (1 + shape.size() / LARGE));
            count(new NettyContender(Wire.PIPE, shape, endpoints), rounds, shape, server, client);
        }
        Side server = new Side("accept-server");
        Side client = new Side("accept-client");
        Contender clients = new AcceptExperiment.Clients(Wire.PIPE, server.factory, client.factory);
        count(clients, Math.max(1, messages / MESSAGES_PER_ACCEPT), AcceptExperiment.SHAPE, server, client);
    }

    private static void count(Contender contender, int rounds, Shape shape, Side server, Side client) throws Exception {
        try (contender) {
            contender.round(rounds);
            server.mark();
            client.mark();
            contender.round(rounds);
            server.report(shape, rounds);
            client.report(shape, rounds);
        }
    }

    private final class Side {
        private final String name;
        private final CountingKernel kernel = new CountingKernel(JnaKernel.instance());
        private final IocpIoHandlerFactory factory = BenchmarkHandlerFactory.on(kernel.kernel());
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

        void report(Shape shape, int rounds) {
            Map<String, Long> delta = new TreeMap<>(kernel.calls());
            delta.replaceAll((call, count) -> count - calls.getOrDefault(call, 0L));
            IocpCounters counters = factory.counters();
            long sum = 0;
            for (Map.Entry<String, Long> call : delta.entrySet()) {
                if (call.getValue() > 0) {
                    add(shape, rounds, call.getKey(), call.getValue());
                    sum += call.getValue();
                }
            }
            add(shape, rounds, "calls_per_message", sum);
            add(shape, rounds, "packets_per_message", counters.packets() - packets);
            add(shape, rounds, "pended_per_message", counters.completedAsynchronously() - byPacket);
            Progress.say("%s, %s: %.4f calls per message", name, shape, (double) sum / rounds);
        }

        private void add(Shape shape, int rounds, String metric, long count) {
            results.add(shape.row(NAME, name, metric, 0, (double) count / rounds));
        }
    }
}
