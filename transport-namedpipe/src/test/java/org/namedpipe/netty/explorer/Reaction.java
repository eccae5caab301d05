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

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an application does to its own channel, from within an event, in a task, or from another thread. */
enum Reaction {
    SEND(6) {
        @Override
        void perform(World world, Watcher watcher) {
            send(world, watcher, false);
        }
    },
    SEND_AND_FLUSH(6) {
        @Override
        void perform(World world, Watcher watcher) {
            send(world, watcher, true);
        }
    },
    /** Several messages at once, of which one may be the last thing to say. */
    SEND_BATCH(4) {
        @Override
        void perform(World world, Watcher watcher) {
            for (int left = world.dice.between(2, 5); left > 0; left--) {
                ChannelFuture promise = send(world, watcher, left == 1);
                if (promise != null && world.dice.oneIn(12)) {
                    promise.addListener(ChannelFutureListener.CLOSE);
                }
            }
        }
    },
    FLUSH(4) {
        @Override
        void perform(World world, Watcher watcher) {
            watcher.channel().flush();
        }
    },
    READ(4) {
        @Override
        void perform(World world, Watcher watcher) {
            watcher.channel().read();
        }
    },
    PAUSE(3) {
        @Override
        void perform(World world, Watcher watcher) {
            watcher.setAutoRead(false);
        }
    },
    RESUME(4) {
        @Override
        void perform(World world, Watcher watcher) {
            watcher.setAutoRead(true);
        }
    },
    CANCEL_WRITE(1) {
        @Override
        void perform(World world, Watcher watcher) {
            if (watcher instanceof Endpoint endpoint) {
                endpoint.cancelWrite();
            }
        }
    },
    CANCEL_CONNECT(1) {
        @Override
        void perform(World world, Watcher watcher) {
            List.copyOf(watcher.promises()).forEach(promise -> {
                if (watcher instanceof Endpoint endpoint && promise.cancel(false)) {
                    endpoint.closesItself();
                }
            });
        }
    },
    /** Says, where there are halves, that this was all. */
    SHUTDOWN_OUTPUT(1) {
        @Override
        void perform(World world, Watcher watcher) {
            if (watcher instanceof Endpoint endpoint && world.settings.halves) {
                onLoop(endpoint, endpoint::shutdownOutput);
            }
        }
    },
    SHUTDOWN_INPUT(1) {
        @Override
        void perform(World world, Watcher watcher) {
            if (watcher instanceof Endpoint endpoint && world.settings.halves && world.dice.oneIn(3)) {
                onLoop(endpoint, endpoint::shutdownInput);
            }
        }
    },
    DRAIN(2) {
        @Override
        void perform(World world, Watcher watcher) {
            if (watcher instanceof Endpoint endpoint && world.settings.drains) {
                onLoop(endpoint, endpoint::drain);
            }
        }
    },
    DEREGISTER(1) {
        @Override
        void perform(World world, Watcher watcher) {
            watcher.deregisterChannel();
        }
    },
    REGISTER(2) {
        @Override
        void perform(World world, Watcher watcher) {
            // Not from within an event: Netty registers at once on the channel's loop, and would fire the next
            // one there.
            watcher.loop().execute(watcher::registerAgain);
        }
    },
    CLOSE(2) {
        @Override
        void perform(World world, Watcher watcher) {
            if (watcher instanceof Endpoint || world.dice.oneIn(6)) {
                watcher.closeChannel();
            }
        }
    };

    private static final int TOTAL;

    static {
        int sum = 0;
        for (Reaction reaction : values()) {
            sum += reaction.weight;
        }
        TOTAL = sum;
    }

    private final int weight;

    Reaction(int weight) {
        this.weight = weight;
    }

    abstract void perform(World world, Watcher watcher);

    /** Does one of these, at random. */
    static void any(World world, Watcher watcher) {
        int place = world.dice.below(TOTAL);
        for (Reaction reaction : values()) {
            place -= reaction.weight;
            if (place < 0) {
                world.journal.note(() -> watcher.name + ": " + reaction);
                reaction.perform(world, watcher);
                return;
            }
        }
    }

    private static void onLoop(Endpoint endpoint, Runnable task) {
        if (endpoint.loop().inEventLoop()) {
            task.run();
        } else {
            endpoint.loop().execute(task);
        }
    }

    private static @Nullable ChannelFuture send(World world, Watcher watcher, boolean flush) {
        Payload payload = watcher instanceof Endpoint ? world.payload() : null;
        return payload == null ? null : ((Endpoint) watcher).send(payload, flush);
    }
}
