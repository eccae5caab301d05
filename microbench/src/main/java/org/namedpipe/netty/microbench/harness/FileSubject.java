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

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.NamedPipeAddress;

/**
 * Clients without a transport: each has a thread that writes to a {@link RandomAccessFile} and then reads from it. The
 * server uses the transport.
 */
final class FileSubject implements Subject {
    static final String NAME = "file";

    /** The maximum of connections; with more, switching threads dominates. */
    static final int MAX_CONNECTIONS = 64;

    private static final int CONNECT_SECONDS = 30;
    private static final long RETRY_NANOS = 100_000;

    private final Endpoints endpoints = new Endpoints(Transport.PIPE, EchoPipeline.server());
    private final ExecutorService threads;
    private final List<RandomAccessFile> files = new ArrayList<>();
    private final byte[] frame;

    FileSubject(Workload workload) throws Exception {
        if (!supports(workload)) {
            throw new IllegalArgumentException("a file does not support this workload: " + workload);
        }
        threads = Executors.newFixedThreadPool(workload.connections());
        frame = ByteBuffer.allocate(workload.frame()).putInt(workload.size()).array();
        for (int i = 0; i < workload.connections(); i++) {
            files.add(open(Objects.requireNonNull(endpoints.server().localAddress())));
        }
    }

    /**
     * Returns whether files support the workload. The depth must be 1, because a file cannot be written and read at the
     * same time.
     */
    static boolean supports(Workload workload) {
        return workload.depth() == 1 && workload.connections() <= MAX_CONNECTIONS;
    }

    private static RandomAccessFile open(SocketAddress address) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CONNECT_SECONDS);
        while (true) {
            try {
                return new RandomAccessFile(((NamedPipeAddress) address).path(), "rw");
            } catch (FileNotFoundException e) {
                // RandomAccessFile cannot wait for a free instance of the pipe.
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public double round(int messages) throws Exception {
        return run(messages, null);
    }

    @Override
    public Map<String, Double> latencies(int messages) throws Exception {
        Histogram sum = new Histogram(3);
        run(messages, sum);
        return Latencies.of(sum);
    }

    private double run(int messages, @Nullable Histogram sum) throws Exception {
        long begin = System.nanoTime();
        List<Future<Histogram>> connections = new ArrayList<>();
        for (RandomAccessFile file : files) {
            connections.add(threads.submit(() -> echo(file, messages, sum != null)));
        }
        for (Future<Histogram> connection : connections) {
            Histogram latencies = connection.get();
            if (sum != null) {
                sum.add(latencies);
            }
        }
        return (System.nanoTime() - begin) / (double) messages / files.size();
    }

    private Histogram echo(RandomAccessFile file, int messages, boolean record) throws IOException {
        Histogram latencies = new Histogram(3);
        byte[] answer = new byte[frame.length];
        for (int i = 0; i < messages; i++) {
            long sent = record ? System.nanoTime() : 0;
            file.write(frame);
            file.readFully(answer);
            if (record) {
                latencies.recordValue(System.nanoTime() - sent);
            }
        }
        return latencies;
    }

    @Override
    public void close() throws IOException {
        for (RandomAccessFile file : files) {
            file.close();
        }
        threads.shutdown();
        endpoints.close();
    }
}
