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
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** The framed echo of Netty over a {@link Transport}. */
final class NettySubject implements Subject {
    private static final int ROUND_MINUTES = 1;

    private final Transport transport;
    private final Endpoints endpoints;
    private final List<EchoClient> clients = new ArrayList<>();

    NettySubject(Transport transport, Workload workload) throws InterruptedException {
        this(transport, workload, new Endpoints(transport, EchoPipeline.server()));
    }

    /** Connects the clients of {@code endpoints}, and closes the endpoints when it is closed. */
    NettySubject(Transport transport, Workload workload, Endpoints endpoints) throws InterruptedException {
        this.transport = transport;
        this.endpoints = endpoints;
        for (int i = 0; i < workload.connections(); i++) {
            EchoClient client = new EchoClient(workload);
            clients.add(client);
            endpoints.client(EchoPipeline.endingWith(() -> client)).connect().sync();
        }
    }

    Endpoints endpoints() {
        return endpoints;
    }

    @Override
    public String name() {
        return transport.text;
    }

    @Override
    public double round(int messages) throws Exception {
        return run(messages, null);
    }

    @Override
    public Map<String, Double> latencies(int messages) throws Exception {
        Histogram histogram = new Histogram(3);
        run(messages, histogram);
        return Latencies.of(histogram);
    }

    private double run(int messages, @Nullable Histogram latencies) throws Exception {
        return endpoints
                .clientGroup()
                .submit(() -> {
                    EchoClient.Round round = new EchoClient.Round(clients.size(), messages, latencies);
                    clients.forEach(client -> client.begin(round));
                    return round;
                })
                .get(ROUND_MINUTES, TimeUnit.MINUTES)
                .nanosPerMessage()
                .get(ROUND_MINUTES, TimeUnit.MINUTES);
    }

    @Override
    public void close() {
        endpoints.close();
    }
}
