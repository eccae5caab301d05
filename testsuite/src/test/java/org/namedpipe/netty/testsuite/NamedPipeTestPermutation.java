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
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.TestLoops;

/**
 * The permutations of Netty's tests: each {@link Groups} with each {@link Pipe}. Netty's suite runs each permutation with
 * two allocators.
 */
final class NamedPipeTestPermutation {
    private static @Nullable EventLoops loops;

    /** The event loops of servers ({@code boss}), and of their children and of clients ({@code worker}). */
    private record Groups(EventLoopGroup boss, EventLoopGroup worker) {}

    /** The kind of pipe that a server creates. */
    private enum Pipe {
        DEFAULT {
            @Override
            void configure(ServerBootstrap server) {}
        },
        /** Has a quota so small that nearly every write pends. */
        TINY_QUOTA {
            @Override
            void configure(ServerBootstrap server) {
                server.option(ChannelOption.SO_RCVBUF, 512).option(ChannelOption.SO_SNDBUF, 512);
            }
        },
        /** Windows keeps the bounds of messages, but reads return bytes. */
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

    /** Returns each kind of pipe once, with alternating groups, for long tests. */
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

    /** Shuts down the event loops, and checks that no channel and no operation is left. */
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
        private final TestLoops loops = new TestLoops(WindowsKernel.instance());
        private final EventLoopGroup shared = loops.group(4);
        /** With the second groups, each child is on another loop than its server. */
        final List<Groups> groups = List.of(new Groups(shared, shared), new Groups(loops.group(2), loops.group(3)));

        void shutDown() {
            loops.close();
        }
    }
}
