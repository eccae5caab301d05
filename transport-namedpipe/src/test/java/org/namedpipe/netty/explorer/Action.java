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
import java.util.function.Consumer;

/** The actions of a schedule. The weight of an action is its relative frequency. */
@SuppressWarnings("ImmutableEnumChecker") // the functions have no state
enum Action {
    /** A loop does one step. */
    STEP(60, simulation -> anyLoop(simulation).step()),
    /** A loop does several steps. */
    STEPS(10, Action::doSteps),
    /** The callback of a wait runs. */
    CALLBACK(8, simulation -> simulation.kernel.runCallback()),
    /** The kernel delivers a completion that was held back. */
    RELEASE(20, Simulation::releaseCompletion),
    /** A thread that flushes tries its call again. */
    FLUSH_THREAD(6, simulation -> simulation.flushThreads.step()),
    PASS_TIME(5, simulation -> simulation.scheduler.advance(simulation.random.pick(1, 5, 40, 1000))),
    /** The application of one channel does something, in a task or on another thread. */
    APPLICATION(50, Action::doApplicationAction),
    CONNECT(6, simulation -> simulation.workload.connect()),
    RAW_CLIENT(4, simulation -> simulation.rawClients.act()),
    RAW_CLIENT_BEFORE_CALL(2, simulation -> simulation.rawClients.actBeforeCall()),
    /** A client takes back the bytes of a write that are not read, also while a channel reads them. */
    TAKE_BACK(3, simulation -> simulation.rawClients.takeBack()),
    SPURIOUS_SIGNAL(2, simulation -> simulation.faults.spuriousSignal()),
    FAIL_CALL(3, simulation -> simulation.faults.failCall()),
    FAIL_OPERATION(2, simulation -> simulation.faults.failOperation());

    private final int weight;
    private final Consumer<Simulation> performer;

    Action(int weight, Consumer<Simulation> performer) {
        this.weight = weight;
        this.performer = performer;
    }

    void perform(Simulation simulation) {
        performer.accept(simulation);
    }

    int weight() {
        return weight;
    }

    /** Returns whether every run has this action. A run leaves out some of the others, at random. */
    boolean isAlwaysEnabled() {
        return this == STEP || this == APPLICATION || this == CONNECT;
    }

    private static SteppedLoop anyLoop(Simulation simulation) {
        return simulation.random.pick(simulation.scheduler.loops());
    }

    private static void doSteps(Simulation simulation) {
        SteppedLoop loop = anyLoop(simulation);
        for (int i = 0; i < 12 && loop.step(); i++) {
            simulation.trace.record(() -> "  " + loop + " goes on");
        }
    }

    private static void doApplicationAction(Simulation simulation) {
        List<ChannelMonitor> usable = new ArrayList<>(simulation.endpoints);
        usable.removeIf(monitor -> !monitor.isUsable());
        if (usable.isEmpty() || simulation.random.oneIn(10)) {
            usable = simulation.server.isUsable() ? List.of(simulation.server) : List.of();
        }
        if (usable.isEmpty()) {
            return;
        }
        ChannelMonitor monitor = simulation.random.pick(usable);
        if (simulation.random.oneIn(2)) {
            monitor.loop().execute(() -> ApplicationAction.performAny(monitor));
        } else {
            ApplicationAction.performAny(monitor);
        }
    }
}
