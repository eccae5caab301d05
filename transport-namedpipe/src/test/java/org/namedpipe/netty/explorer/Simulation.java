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
package org.namedpipe.netty.explorer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Kernels;
import org.namedpipe.netty.iocp.IocpIoHandler;
import org.namedpipe.netty.testing.WaitThreads;
import org.namedpipe.netty.testkit.Hold;
import org.namedpipe.netty.testkit.SimulatedKernel;

/** The parts of one run: the kernel, the event loops, a server and its clients, and the faults. */
final class Simulation {
    static final NamedPipeAddress ADDRESS = NamedPipeAddress.of("explored");

    final RandomSource random;
    final Trace trace;
    final PoisoningAllocator allocator;
    final RunConfig config;
    final SimulatedKernel kernel = SimulatedKernel.withManualCallbacks();
    final KernelInterceptor interceptor = new KernelInterceptor(this);
    final Kernel calls = interceptor.proxy();
    final LoopScheduler scheduler = new LoopScheduler(this);
    final FlushThreads flushThreads = FlushThreads.of(this);
    final Connections connections = new Connections();
    final List<Endpoint> endpoints = new ArrayList<>();
    final ServerEndpoint server;
    final Workload workload;
    final RawClients rawClients;
    final RandomFaults faults;
    private @Nullable Hold hold;

    Simulation(RandomSource random, Trace trace, PoisoningAllocator allocator) {
        this.random = random;
        this.trace = trace;
        this.allocator = allocator;
        config = new RunConfig(random);
        server = new ServerEndpoint(this);
        workload = new Workload(this);
        rawClients = new RawClients(this);
        faults = new RandomFaults(this);
        allocator.reset(config.addresses);
        kernel.writesOutliveTheirHandle(config.writesOutliveTheirHandle);
        if (!config.waitPackets) {
            WaitThreads.only(kernel);
        }
        if (config.lateCompletions) {
            kernel.scheduler().choose(random::below);
        }
        if (config.pendOneIn > 0) {
            kernel.scheduler().pendInstead(completion -> random.oneIn(config.pendOneIn));
        }
        if (config.holdOneIn > 0) {
            hold = kernel.scheduler().hold(completion -> random.oneIn(config.holdOneIn));
        }
        scheduler.addLoops(
                1 + Math.max(config.loops[1], config.loops[2]), Kernels.on(calls, IocpIoHandler::newFactory));
    }

    /** Delivers one of the held completions, at random. */
    void releaseCompletion() {
        int held = hold == null ? 0 : hold.held().size();
        if (hold != null && held > 0) {
            hold.release(random.below(held));
        }
    }

    /** Stops the faults: from now on the kernel completes every operation at once. */
    void stopFaults() {
        if (hold != null) {
            hold.close();
            hold = null;
        }
        kernel.scheduler().deliverAtOnce();
        faults.stop();
    }

    /** Returns all channels of the run: clients, accepted channels, and the server. */
    List<ChannelMonitor> monitors() {
        List<ChannelMonitor> monitors = new ArrayList<>(endpoints);
        monitors.add(server);
        return monitors;
    }
}
