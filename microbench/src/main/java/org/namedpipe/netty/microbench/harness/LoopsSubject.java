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

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An echo over Netty whose connections are spread over several event loops at each end. */
final class LoopsSubject implements Subject {
    private static final int ROUND_MINUTES = 1;

    private final String name;
    private final int connections;
    private final Endpoints endpoints;
    private final Map<EventLoop, List<EchoClient>> clients = new LinkedHashMap<>();

    LoopsSubject(Transport transport, Workload workload, int loops) throws InterruptedException {
        name = transport.text + ' ' + loops + (loops == 1 ? " loop" : " loops");
        connections = workload.connections();
        endpoints = new Endpoints(transport, loops, EchoPipeline.server());
        for (int i = 0; i < connections; i++) {
            EchoClient client = new EchoClient(workload);
            Channel channel = endpoints
                    .client(EchoPipeline.endingWith(() -> client))
                    .connect()
                    .sync()
                    .channel();
            clients.computeIfAbsent(channel.eventLoop(), loop -> new ArrayList<>())
                    .add(client);
        }
    }

    @Override
    public String name() {
        return name;
    }

    /** The time until the last loop is done, by the number of messages on all of them. */
    @Override
    public double round(int messages) throws Exception {
        long begin = System.nanoTime();
        List<CompletableFuture<Double>> ends = new ArrayList<>();
        clients.forEach((loop, ofLoop) -> {
            CompletableFuture<Double> end = new CompletableFuture<>();
            ends.add(end);
            loop.execute(() -> {
                EchoClient.Round round = new EchoClient.Round(ofLoop.size(), messages, null);
                round.nanosPerMessage().whenComplete((nanos, failure) -> {
                    if (failure == null) {
                        end.complete(nanos);
                    } else {
                        end.completeExceptionally(failure);
                    }
                });
                ofLoop.forEach(client -> client.begin(round));
            });
        });
        for (CompletableFuture<Double> end : ends) {
            end.get(ROUND_MINUTES, TimeUnit.MINUTES);
        }
        return (System.nanoTime() - begin) / (double) connections / messages;
    }

    @Override
    public void close() {
        endpoints.close();
    }
}
