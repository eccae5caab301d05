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
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One run of a simulation, in phases: random actions; all pending work; reading of all data that was written; closing;
 * shutdown of the loops. The {@link Invariants} are checked after each phase but the first.
 */
final class Run {
    /**
     * The actions of a run, each as the position of the random source where its choices begin, and the position where the
     * choices of the ending begin. A shrunk schedule has fewer actions, and each of them still makes its own choices.
     */
    record Schedule(List<Long> actions, long ending) {
        Schedule withActions(List<Long> others) {
            return new Schedule(others, ending);
        }
    }

    private enum Ending {
        CLOSE_ALL,
        CLOSE_SERVER,
        CLOSE_CLIENTS,
        SHUT_DOWN_LOOPS
    }

    private final long seed;
    private final Trace trace;
    private final RandomSource random;
    private final Simulation simulation;
    private final Invariants invariants;
    private final List<Action> weightedActions = new ArrayList<>();
    private final @Nullable Schedule replayed;
    private final List<Long> actions = new ArrayList<>();
    private long ending;

    /** Creates a run whose schedule is chosen by the seed. */
    Run(long seed, Trace trace, PoisoningAllocator allocator) {
        this(seed, trace, allocator, null);
    }

    /** Creates a run that replays a schedule of the seed, or one of its shrunk forms. */
    Run(long seed, Trace trace, PoisoningAllocator allocator, @Nullable Schedule replayed) {
        this.seed = seed;
        this.trace = trace;
        this.replayed = replayed;
        random = new RandomSource(seed);
        simulation = new Simulation(random, trace, allocator);
        invariants = new Invariants(simulation);
        for (Action action : simulation.config.actions) {
            weightedActions.addAll(Collections.nCopies(action.weight(), action));
        }
    }

    /** Runs all phases, until a violation. */
    Trace run() {
        TransportWarnings.listen(this::checkWarning);
        try {
            runPhases();
        } catch (Throwable t) {
            trace.violation("exception", t);
        } finally {
            TransportWarnings.listen(null);
        }
        return trace;
    }

    /** Returns the schedule that the seed has chosen. */
    Schedule schedule() {
        return new Schedule(actions, ending);
    }

    private void checkWarning(String warning) {
        if (!simulation.faults.explain(warning)) {
            trace.violation("the transport logs a warning: " + warning);
        }
    }

    private void runPhases() {
        simulation.workload.bind();
        if (simulation.config.bindFirst) {
            simulation.scheduler.settle();
        }
        simulation.scheduler.interleave(this::performAny);
        act();
        simulation.scheduler.interleave(() -> {});
        settleAll();
        readAll();
        closeAll();
        unlessViolated(this::shutDown);
    }

    // ---- phases

    private void act() {
        if (replayed == null) {
            for (int i = 0; i < simulation.config.steps && !trace.hasViolation(); i++) {
                actions.add(random.position());
                performAny();
            }
            ending = random.position();
        } else {
            for (int i = 0; i < replayed.actions().size() && !trace.hasViolation(); i++) {
                random.moveTo(replayed.actions().get(i));
                performAny();
            }
            random.moveTo(replayed.ending());
        }
    }

    private void performAny() {
        Action action = random.pick(weightedActions);
        trace.record(action::toString);
        action.perform(simulation);
    }

    private void settleAll() {
        trace.record(() -> "-- settle");
        simulation.stopFaults();
        settle();
        unlessViolated(invariants::checkIdle);
    }

    private void readAll() {
        trace.record(() -> "-- read all");
        simulation.workload.onlyRead();
        for (ChannelMonitor monitor : usableMonitors()) {
            monitor.registerAgain();
            monitor.setAutoRead(true);
            monitor.channel().flush();
        }
        settle();
        unlessViolated(invariants::checkIdle);
        unlessViolated(invariants::checkAllArrived);
        if (simulation.server.wantsToRead() && !simulation.faults.wereInjected() && !trace.hasViolation()) {
            if (!simulation.rawClients.open()) {
                trace.violation("the server is open, but no instance listens");
            }
            settle();
            unlessViolated(invariants::checkIdle);
        }
    }

    private void closeAll() {
        Ending ending = random.pick(Ending.values());
        trace.record(() -> "-- close: " + ending);
        simulation.rawClients.closeAll();
        switch (ending) {
            case CLOSE_ALL -> usableMonitors().forEach(this::close);
            case CLOSE_SERVER -> {
                for (ChannelMonitor monitor : usableMonitors()) {
                    if (mustBeClosed(monitor) || monitor.channel().parent() != null) {
                        close(monitor);
                    }
                }
            }
            case CLOSE_CLIENTS -> {
                for (ChannelMonitor monitor : usableMonitors()) {
                    if (mustBeClosed(monitor) || monitor.channel().parent() == null) {
                        close(monitor);
                    }
                }
            }
            case SHUT_DOWN_LOOPS -> {
                // A write that outlives its handle would outlive its loop, which gives up its memory after a while. A
                // write that cannot be cancelled ends with its reader, which may belong to another loop.
                if (simulation.config.writesOutliveTheirHandle) {
                    usableMonitors().forEach(this::close);
                    settle();
                }
                return;
            }
        }
        settle();
        simulation.rawClients.closeAll();
        settle();
        // The channels that were accepted in the meantime.
        usableMonitors().stream().filter(this::mustBeClosed).forEach(ChannelMonitor::closeChannel);
        settle();
        unlessViolated(invariants::checkAllClosed);
    }

    private void shutDown() {
        trace.record(() -> "-- shutdown");
        simulation.scheduler.terminate();
        simulation.rawClients.closeAll();
        unlessViolated(invariants::checkNothingLeft);
    }

    /** Returns whether a channel does not notice that its peer has closed. */
    private boolean mustBeClosed(ChannelMonitor monitor) {
        return monitor == simulation.server || !monitor.mayRead();
    }

    /** Closes a channel, half of them shortly after a last write. */
    private void close(ChannelMonitor monitor) {
        if (monitor instanceof Endpoint endpoint && random.oneIn(2)) {
            endpoint.write(simulation.workload.payloadBeyondLimit(), true);
            stepLoops(12);
        }
        monitor.closeChannel();
        stepLoops(4);
    }

    private void stepLoops(int bound) {
        for (int i = random.below(bound); i > 0; i--) {
            random.pick(simulation.scheduler.loops()).step();
        }
    }

    private void settle() {
        unlessViolated(simulation.scheduler::settle);
    }

    private void unlessViolated(Runnable next) {
        if (!trace.hasViolation()) {
            next.run();
        }
    }

    /** Returns the usable channels, in an order that the seed determines. */
    private List<ChannelMonitor> usableMonitors() {
        List<ChannelMonitor> usable = new ArrayList<>(simulation.monitors());
        usable.removeIf(monitor -> !monitor.isUsable());
        SplittableRandom order = new SplittableRandom(seed);
        for (int i = usable.size() - 1; i > 0; i--) {
            Collections.swap(usable, i, order.nextInt(i + 1));
        }
        return usable;
    }
}
