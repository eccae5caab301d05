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
package org.namedpipe.netty.testsuite;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.NamedPipeChannel;
import org.namedpipe.netty.NamedPipeChannelOption;
import org.namedpipe.netty.NamedPipeMode;
import org.namedpipe.netty.NamedPipeServerChannel;
import org.namedpipe.netty.internal.win32.JnaKernel;
import org.namedpipe.netty.testing.TestLoops;

/**
 * The ways in which each of Netty's tests is run, each of them with both of the suite's allocators: every kind of
 * {@link Groups} with every kind of {@link Pipe}.
 */
final class NamedPipeTestPermutation {
    private static @Nullable EventLoops loops;

    /** Which event loops servers ({@code boss}), their children and clients ({@code worker}) are registered to. */
    private record Groups(EventLoopGroup boss, EventLoopGroup worker) {}

    /** What a server makes its pipes like. */
    private enum Pipe {
        DEFAULT {
            @Override
            void configure(ServerBootstrap server) {}
        },
        /** Nearly every write pends. */
        TINY_QUOTA {
            @Override
            void configure(ServerBootstrap server) {
                server.option(ChannelOption.SO_RCVBUF, 512).option(ChannelOption.SO_SNDBUF, 512);
            }
        },
        /** Writes are kept apart by Windows, but not on the way out. */
        MESSAGE_TYPE {
            @Override
            void configure(ServerBootstrap server) {
                server.option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE_READ_AS_BYTES);
            }
        };

        abstract void configure(ServerBootstrap server);
    }

    private NamedPipeTestPermutation() {}

    static List<BootstrapComboFactory<ServerBootstrap, Bootstrap>> all() {
        List<BootstrapComboFactory<ServerBootstrap, Bootstrap>> all = new ArrayList<>();
        for (Groups groups : groups()) {
            for (Pipe pipe : Pipe.values()) {
                all.add(combo(groups, pipe));
            }
        }
        return all;
    }

    /** Each kind of pipe once, with groups of the two kinds in turn: for tests that take long. */
    static List<BootstrapComboFactory<ServerBootstrap, Bootstrap>> eachPipeOnce() {
        List<BootstrapComboFactory<ServerBootstrap, Bootstrap>> some = new ArrayList<>();
        List<Groups> groups = groups();
        for (Pipe pipe : Pipe.values()) {
            some.add(combo(groups.get(some.size() % groups.size()), pipe));
        }
        return some;
    }

    private static synchronized List<Groups> groups() {
        if (loops == null) {
            loops = new EventLoops();
        }
        return loops.groups;
    }

    /** Shuts down the event loops that were given out, and checks that they leave nothing behind. */
    static synchronized void shutDown() {
        if (loops != null) {
            loops.shutDown();
            loops = null;
        }
    }

    private static BootstrapComboFactory<ServerBootstrap, Bootstrap> combo(Groups groups, Pipe pipe) {
        return new BootstrapComboFactory<>() {
            @Override
            public ServerBootstrap newServerInstance() {
                ServerBootstrap server = new ServerBootstrap()
                        .group(groups.boss(), groups.worker())
                        .channel(NamedPipeServerChannel.class);
                pipe.configure(server);
                return server;
            }

            @Override
            public Bootstrap newClientInstance() {
                return new Bootstrap().group(groups.worker()).channel(NamedPipeChannel.class);
            }
        };
    }

    /** The event loops of one test class. */
    private static final class EventLoops {
        private final TestLoops loops = new TestLoops(JnaKernel.instance());
        private final EventLoopGroup shared = loops.group(4);
        /** With a group for servers alone, all children are on other loops than their servers. */
        final List<Groups> groups = List.of(new Groups(shared, shared), new Groups(loops.group(2), loops.group(3)));

        void shutDown() {
            loops.close();
        }
    }
}
