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
import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.internal.win32.Hold;

/** What may happen next in a scenario. */
enum Action {
    /** A loop does one thing. */
    STEP(60) {
        @Override
        void perform(World world) {
            world.dice.pick(world.loops).step();
        }
    },
    /** A loop runs for a while. */
    TURN(10) {
        @Override
        void perform(World world) {
            StepLoop loop = world.dice.pick(world.loops);
            for (int i = 0; i < 12 && loop.step(); i++) {
                world.journal.note(() -> "  " + loop + " goes on");
            }
        }
    },
    /** A thread of the kernel calls back. */
    CALLBACK(8) {
        @Override
        void perform(World world) {
            world.kernel.runCallback();
        }
    },
    /** The end of an operation that was held back arrives. */
    RELEASE(20) {
        @Override
        void perform(World world) {
            Hold hold = world.hold();
            int held = hold == null ? 0 : hold.held().size();
            if (hold != null && held > 0) {
                hold.release(world.dice.below(held));
            }
        }
    },
    /** A thread that waits for a peer to read looks again. */
    FLUSHER(6) {
        @Override
        void perform(World world) {
            world.flushes.step();
        }
    },
    PASS_TIME(5) {
        @Override
        void perform(World world) {
            world.ticker.advance(world.dice.pick(1, 5, 40, 1000), TimeUnit.MILLISECONDS);
        }
    },
    /** The application on one channel does something, in a task or from another thread. */
    APPLICATION(50) {
        @Override
        void perform(World world) {
            List<Watcher> watchers = new ArrayList<>();
            for (Watcher watcher : world.endpoints) {
                if (watcher.isUsable()) {
                    watchers.add(watcher);
                }
            }
            if (watchers.isEmpty() || world.dice.oneIn(10)) {
                watchers = world.server.isUsable() ? List.of(world.server) : List.of();
            }
            if (watchers.isEmpty()) {
                return;
            }
            Watcher watcher = world.dice.pick(watchers);
            if (world.dice.oneIn(2)) {
                watcher.loop().execute(() -> Reaction.any(world, watcher));
            } else {
                Reaction.any(world, watcher);
            }
        }
    },
    CONNECT(6) {
        @Override
        void perform(World world) {
            if (world.clients() < MAX_CLIENTS) {
                world.connect();
            }
        }
    },
    RAW_CLIENT(4) {
        @Override
        void perform(World world) {
            world.adversary.client();
        }
    },
    RAW_CLIENT_IN_BETWEEN(2) {
        @Override
        void perform(World world) {
            world.adversary.clientInBetween();
        }
    },
    SPURIOUS_HINT(2) {
        @Override
        void perform(World world) {
            world.adversary.spuriousHint();
        }
    },
    FAIL_CALL(3) {
        @Override
        void perform(World world) {
            world.adversary.failCall();
        }
    },
    FAIL_PENDING(2) {
        @Override
        void perform(World world) {
            world.adversary.failPending();
        }
    };

    private static final int MAX_CLIENTS = 4;

    private final int weight;

    Action(int weight) {
        this.weight = weight;
    }

    abstract void perform(World world);

    int weight() {
        return weight;
    }

    /** Whether there is no scenario without it. */
    boolean isVital() {
        return this == STEP || this == APPLICATION || this == CONNECT;
    }
}
