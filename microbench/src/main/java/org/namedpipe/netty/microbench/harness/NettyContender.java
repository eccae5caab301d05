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

/** The framed echo by Netty over a {@link Wire}. */
final class NettyContender implements Contender {
    private static final int ROUND_MINUTES = 1;

    private final Wire wire;
    private final Endpoints endpoints;
    private final List<Window> windows = new ArrayList<>();

    NettyContender(Wire wire, Shape shape) throws InterruptedException {
        this(wire, shape, new Endpoints(wire, EchoPipeline.server()));
    }

    /** With endpoints that are closed with this. */
    NettyContender(Wire wire, Shape shape, Endpoints endpoints) throws InterruptedException {
        this.wire = wire;
        this.endpoints = endpoints;
        for (int i = 0; i < shape.connections(); i++) {
            Window window = new Window(shape);
            windows.add(window);
            endpoints.client(EchoPipeline.endingWith(() -> window)).connect().sync();
        }
    }

    Endpoints endpoints() {
        return endpoints;
    }

    @Override
    public String name() {
        return wire.text;
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
                    Window.Round round = new Window.Round(windows.size(), messages, latencies);
                    windows.forEach(window -> window.begin(round));
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
