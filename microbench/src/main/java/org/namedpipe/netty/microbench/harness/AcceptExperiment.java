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

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.IoHandlerFactory;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.microbench.results.Results;

/**
 * Measures accepts. Clients connect one after the other; each reads a byte that the server sends, and closes. A round
 * ends when the server has closed the last connection; its time is divided by the number of clients.
 */
final class AcceptExperiment {
    /** The name of the experiment in the results. */
    static final String NAME = "accept";

    static final Workload WORKLOAD = new Workload(1, 1, 1);
    private static final int WARM_UP_SHARE = 8;
    private static final int ROUND_MINUTES = 5;

    private final Baseline baseline;
    private final Effort effort;
    private final Results results;

    /** Creates an experiment that adds its rows to {@code results}. */
    AcceptExperiment(Baseline baseline, Effort effort, Results results) {
        this.baseline = baseline;
        this.effort = effort;
        this.results = results;
    }

    /** Runs the experiment. */
    void run() throws Exception {
        try (Subject pipe = new Clients(Transport.PIPE)) {
            Subject program = new Program();
            // The JIT compiler counts calls: code that runs once per client reaches the last tier late.
            pipe.round(effort.countedMessages / WARM_UP_SHARE);
            WarmUp warmPipe = WarmUp.run(pipe, WORKLOAD, effort);
            WarmUp warmProgram = WarmUp.run(program, WORKLOAD, effort);
            for (int round = 0; round < effort.rounds; round++) {
                for (WarmUp each : new WarmUp[] {warmPipe, warmProgram}) {
                    double nanos = each.subject.round(each.messages);
                    results.add(WORKLOAD.row(NAME, each.subject.name(), "ns_per_accept", round, nanos));
                    Progress.print("accept: %s %.1f us", each.subject.name(), nanos / 1e3);
                }
            }
        }
    }

    /** The accept loop of the baseline program. */
    private final class Program implements Subject {
        @Override
        public String name() {
            return BaselineSubject.NAME;
        }

        @Override
        public double round(int messages) throws Exception {
            return Objects.requireNonNull(
                    baseline.run("accept", "messages=" + messages).get("ns_per_accept"));
        }

        @Override
        public void close() {}
    }

    /** One round of a number of clients. */
    private static final class Round {
        private final long begin = System.nanoTime();
        private final int clients;
        private final CompletableFuture<Double> nanosPerClient = new CompletableFuture<>();
        /** Clients not yet started; used by the client's loop only. */
        private int toConnect;
        /** Connections not yet closed; used by the server's loop only. */
        private int toEnd;

        Round(int clients) {
            this.clients = clients;
            toConnect = clients;
            toEnd = clients;
        }
    }

    /** Clients and a server on Netty. */
    static final class Clients implements Subject {
        private final Transport transport;
        private final Endpoints endpoints;
        private volatile @Nullable Round round;

        Clients(Transport transport) throws InterruptedException {
            this(transport, transport.newFactory(), transport.newFactory());
        }

        Clients(Transport transport, IoHandlerFactory serverFactory, IoHandlerFactory clientFactory)
                throws InterruptedException {
            this.transport = transport;
            endpoints = new Endpoints(transport, serverFactory, clientFactory, new Greeter());
        }

        @Override
        public String name() {
            return transport.text;
        }

        @Override
        public double round(int messages) throws Exception {
            Round next = new Round(messages);
            round = next;
            endpoints.clientGroup().execute(() -> connectNext(next));
            return next.nanosPerClient.get(ROUND_MINUTES, TimeUnit.MINUTES);
        }

        private void connectNext(Round current) {
            if (current.toConnect-- > 0) {
                endpoints.client(new Greeted(current)).connect().addListener(connected -> {
                    if (!connected.isSuccess()) {
                        current.nanosPerClient.completeExceptionally(connected.cause());
                    }
                });
            }
        }

        @Override
        public void close() {
            endpoints.close();
        }

        @Sharable
        private final class Greeter extends ChannelInboundHandlerAdapter {
            @Override
            public void channelActive(ChannelHandlerContext context) {
                ByteBuf greeting = context.alloc().directBuffer(1).writeByte(0);
                context.writeAndFlush(greeting, context.voidPromise());
            }

            @Override
            public void channelInactive(ChannelHandlerContext context) {
                Round current = round;
                if (current != null && --current.toEnd == 0) {
                    double nanos = System.nanoTime() - current.begin;
                    current.nanosPerClient.complete(nanos / current.clients);
                }
            }
        }

        private final class Greeted extends ChannelInboundHandlerAdapter {
            private final Round current;

            Greeted(Round current) {
                this.current = current;
            }

            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                ReferenceCountUtil.release(message);
                context.close();
            }

            @Override
            public void channelInactive(ChannelHandlerContext context) {
                connectNext(current);
            }
        }
    }
}
