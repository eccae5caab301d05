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

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Request-response connections that send at a fixed rate, all at the same moment, and streams of large frames. All clients share
 * one event loop, and all accepted channels another one.
 */
final class MixedLoad implements AutoCloseable {
    static final int PINGS = 16;
    static final int PING_SIZE = 64;
    static final int FRAME_SIZE = 1024 * 1024;
    /** Long enough for the answers of one moment to come before the next, also beside ten streams under Wine. */
    static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final int RUN_MINUTES = 5;

    private final Transport transport;
    private final Endpoints endpoints;
    private final EventLoop loop;
    private final List<Pinger> pingers = new ArrayList<>();
    private final List<BulkStream> streams = new ArrayList<>();

    // Of a run, on the loop.
    private CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private Histogram latencies = new Histogram(3);
    private int running;
    private int moments;
    private int moment;
    private int unanswered;
    private long begin;
    private double mibPerSecond;

    /** The latencies and the throughput of a run. */
    record Outcome(Histogram latencies, double mibPerSecond) {}

    MixedLoad(Transport transport, int streams) throws InterruptedException {
        this.transport = transport;
        endpoints = new Endpoints(transport, EchoPipeline.server());
        loop = endpoints.clientGroup().next();
        for (int i = 0; i < PINGS; i++) {
            Pinger pinger = new Pinger(PING_SIZE, this);
            pingers.add(pinger);
            endpoints.client(EchoPipeline.endingWith(() -> pinger)).connect().sync();
        }
        for (int i = 0; i < streams; i++) {
            BulkStream stream = new BulkStream(FRAME_SIZE, this);
            this.streams.add(stream);
            endpoints.client(EchoPipeline.endingWith(() -> stream)).connect().sync();
        }
    }

    String name() {
        return transport.text;
    }

    /** Has the connections send that many requests each, beside that many streams. */
    Outcome run(int besides, int requests) throws Exception {
        return loop.submit(() -> start(besides, requests)).get().get(RUN_MINUTES, TimeUnit.MINUTES);
    }

    private CompletableFuture<Outcome> start(int besides, int requests) {
        outcome = new CompletableFuture<>();
        latencies = new Histogram(3);
        running = besides;
        moments = requests;
        moment = 0;
        unanswered = requests * PINGS;
        begin = System.nanoTime();
        streams.subList(0, besides).forEach(BulkStream::start);
        scheduleNext();
        return outcome;
    }

    private long dueNanos() {
        return begin + (moment + 1) * INTERVAL_NANOS;
    }

    private void scheduleNext() {
        loop.schedule(this::sendAll, dueNanos() - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void sendAll() {
        long due = dueNanos();
        moment++;
        pingers.forEach(pinger -> pinger.request(due));
        if (moment < moments) {
            scheduleNext();
        }
    }

    Histogram latencies() {
        return latencies;
    }

    /** The answer to a request has come. */
    void answered() {
        if (--unanswered == 0) {
            double seconds = (System.nanoTime() - begin) / 1e9;
            long frames = streams.subList(0, running).stream()
                    .mapToLong(BulkStream::stop)
                    .sum();
            mibPerSecond = frames * (FRAME_SIZE / (1024.0 * 1024)) / seconds;
            streamEnded();
        }
    }

    /** A stream has nothing outstanding any more. */
    void streamEnded() {
        if (unanswered == 0 && streams.stream().noneMatch(BulkStream::isUnderWay)) {
            outcome.complete(new Outcome(latencies, mibPerSecond));
        }
    }

    void failed(Throwable cause) {
        outcome.completeExceptionally(cause);
    }

    @Override
    public void close() {
        endpoints.close();
    }
}
