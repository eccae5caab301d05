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

/**
 * One life of a server and its clients: things happen in an order that the seed decides, then everything comes to rest,
 * all that is left to say is said, everything is closed. After each of these the {@link Invariants} must hold.
 */
final class Scenario {
    private enum Ending {
        EACH_IS_CLOSED,
        SERVER_LEAVES,
        CLIENTS_LEAVE,
        LOOPS_SHUT_DOWN
    }

    private final long seed;
    private final Journal journal;
    private final Dice dice;
    private final World world;
    private final Invariants invariants;

    private Scenario(long seed, Journal journal, Arena arena) {
        this.seed = seed;
        this.journal = journal;
        dice = new Dice(seed);
        world = new World(dice, journal, arena);
        invariants = new Invariants(world);
    }

    /** Plays the scenario of a seed; the journal tells what became of it. */
    static void play(long seed, Journal journal, Arena arena) {
        Scenario scenario = new Scenario(seed, journal, arena);
        TransportLogs.listen(scenario::warned);
        try {
            scenario.play();
        } catch (Throwable t) {
            journal.violation("threw", t);
        } finally {
            TransportLogs.listen(null);
        }
    }

    private void warned(String warning) {
        if (!world.adversary.explains(warning)) {
            journal.violation("the transport warns: " + warning);
        }
    }

    private void play() {
        world.bind();
        if (world.settings.bindFirst) {
            world.settle();
        }
        act();
        rest();
        drain();
        end();
    }

    // ---- the acts

    private void act() {
        List<Action> actions = new ArrayList<>();
        for (Action action : world.settings.actions) {
            actions.addAll(Collections.nCopies(action.weight(), action));
        }
        world.elsewhere(() -> any(actions));
        for (int i = 0; i < world.settings.steps && !journal.hasViolation(); i++) {
            any(actions);
        }
        world.elsewhere(() -> {});
    }

    private void any(List<Action> actions) {
        Action action = dice.pick(actions);
        journal.note(() -> action.toString());
        action.perform(world);
    }

    private void rest() {
        journal.note(() -> "-- rest");
        world.calm();
        settle();
        ifContent(invariants::atRest);
    }

    private void drain() {
        journal.note(() -> "-- drain");
        world.stopReacting();
        for (Watcher watcher : watchers()) {
            watcher.registerAgain();
            watcher.setAutoRead(true);
            watcher.channel().flush();
        }
        settle();
        ifContent(invariants::atRest);
        ifContent(invariants::allArrived);
        if (world.server.wantsToRead() && !world.adversary.hasStruck() && !journal.hasViolation()) {
            if (!world.adversary.open()) {
                journal.violation("nobody listens any more");
            }
            settle();
            ifContent(invariants::atRest);
        }
    }

    private void end() {
        Ending ending = dice.pick(Ending.values());
        journal.note(() -> "-- the end: " + ending);
        world.adversary.leaveAll();
        switch (ending) {
            case EACH_IS_CLOSED -> watchers().forEach(this::close);
            case SERVER_LEAVES -> {
                for (Watcher watcher : watchers()) {
                    if (mustBeClosed(watcher) || watcher.channel().parent() != null) {
                        close(watcher);
                    }
                }
            }
            case CLIENTS_LEAVE -> {
                for (Watcher watcher : watchers()) {
                    if (mustBeClosed(watcher) || watcher.channel().parent() == null) {
                        close(watcher);
                    }
                }
            }
            case LOOPS_SHUT_DOWN -> {
                // A write that outlives its handle would outlive its loop, which gives up its memory after a while. One
                // that could not be cancelled ends with its reader, whose loop may be another.
                if (world.settings.writesOutliveTheirHandle) {
                    watchers().forEach(this::close);
                    settle();
                }
            }
        }
        if (ending != Ending.LOOPS_SHUT_DOWN) {
            settle();
            world.adversary.leaveAll();
            settle();
            // Those that were accepted meanwhile.
            watchers().stream().filter(this::mustBeClosed).forEach(Watcher::closeChannel);
            settle();
            ifContent(invariants::allClosed);
        }
        ifContent(() -> {
            journal.note(() -> "-- shutdown");
            world.terminate();
            world.adversary.leaveAll();
        });
        ifContent(invariants::allGone);
    }

    /** Whether it does not notice that its peer has gone. */
    private boolean mustBeClosed(Watcher watcher) {
        return watcher == world.server || !watcher.mayRead();
    }

    /** Closes a channel, which may have said something shortly before. */
    private void close(Watcher watcher) {
        if (watcher instanceof Endpoint endpoint && dice.oneIn(2)) {
            endpoint.send(world.lastWords(), true);
            someSteps(12);
        }
        watcher.closeChannel();
        someSteps(4);
    }

    private void someSteps(int bound) {
        for (int i = dice.below(bound); i > 0; i--) {
            dice.pick(world.loops).step();
        }
    }

    // ----

    private void settle() {
        if (!journal.hasViolation()) {
            world.settle();
        }
    }

    private void ifContent(Runnable next) {
        if (!journal.hasViolation()) {
            next.run();
        }
    }

    /** The usable ones, in an order of this seed's own. */
    private List<Watcher> watchers() {
        List<Watcher> watchers = new ArrayList<>();
        for (Watcher watcher : world.endpoints) {
            if (watcher.isUsable()) {
                watchers.add(watcher);
            }
        }
        if (world.server.isUsable()) {
            watchers.add(world.server);
        }
        SplittableRandom order = new SplittableRandom(seed);
        for (int i = watchers.size() - 1; i > 0; i--) {
            Collections.swap(watchers, i, order.nextInt(i + 1));
        }
        return watchers;
    }
}
