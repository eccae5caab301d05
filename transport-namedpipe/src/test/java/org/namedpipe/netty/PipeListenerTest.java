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
package org.namedpipe.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import java.net.BindException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.testkit.SimulatedKernel;
import org.namedpipe.netty.testkit.SimulatedPeer;

/** The instances of a server, and how clients are accepted from them. */
class PipeListenerTest extends OneThread {
    private static final int BACKLOG = 2;

    private final Recorder recorder = new Recorder();
    private final Recorder children = new Recorder();

    private NamedPipeServerChannel bind(Recorder serverRecorder) {
        return bound(server(serverRecorder, children).option(ChannelOption.SO_BACKLOG, BACKLOG));
    }

    private NamedPipeServerChannel bindWithoutReading() {
        return bound(server(recorder, children)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.AUTO_READ, false));
    }

    // ---- instances

    @Test
    void everyInstanceIsForTheLocalUserOnly() {
        bind(recorder);
        open();
        settle();
        assertThat(kernel.instances(name.path())).hasSize(BACKLOG + 1).allSatisfy(instance -> {
            assertThat(instance.hasPipeMode(Win32Constants.PIPE_REJECT_REMOTE_CLIENTS))
                    .isTrue();
            assertThat(instance.hasOpenMode(Win32Constants.FILE_FLAG_OVERLAPPED))
                    .isTrue();
            assertThat(instance.securityDescriptor())
                    .contains(SimulatedKernel.USER_SID)
                    .contains("D:P")
                    .doesNotContain("WD");
        });
        assertThat(kernel.instances(name.path()))
                .extracting(instance -> instance.hasOpenMode(Win32Constants.FILE_FLAG_FIRST_PIPE_INSTANCE))
                .containsExactly(true, false, false);
    }

    @Test
    void aNameInUseCannotBeBound() {
        listen();
        ChannelFuture bind = server(recorder, children).bind(name);
        channelOf(bind);
        assertThat(bind.cause())
                .isInstanceOf(BindException.class)
                .hasMessageContaining("ERROR_ACCESS_DENIED (5)")
                .hasMessageContaining("the name is taken");
        assertThat(kernel.instances(name.path())).as("the other server's").hasSize(1);
    }

    @Test
    void aNameCanBeBoundAgainAfterTheClose() {
        for (int i = 0; i < 100; i++) {
            Channel server = bind(recorder);
            SimulatedPeer client = open();
            settle();
            server.close();
            hangUp(client);
            settle();
        }
    }

    @Test
    void anInvalidOptionFailsTheBind() {
        ChannelFuture bind =
                server(recorder, children).option(ChannelOption.SO_BACKLOG, 0).bind(name);
        settle();
        assertThat(bind.cause()).hasStackTraceContaining("SO_BACKLOG: 0 (expected: more than 0)");
        assertThat(kernel.calls("CreateNamedPipe")).isZero();
    }

    // ---- accepting

    @Test
    void aClientIsAcceptedAndReadFrom() {
        bind(recorder);
        recorder.take();
        SimulatedPeer client = open();
        client.write("hello").succeeds();
        settle();
        assertThat(recorder.take()).containsExactly("accepted", "readComplete");
        assertThat(children.take()).containsExactly("registered", "active", "read hello", "readComplete");
        Channel child = children.channels().get(0);
        assertThat(child.localAddress()).isEqualTo(name);
        assertThat(child.remoteAddress()).isEqualTo(name);
        assertThat(child.parent()).isNotNull();
    }

    @Test
    void theReplacementListensBeforeTheAcceptedChannelIsFired() {
        int[] connectable = new int[1];
        bind(new Recorder() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                connectable[0] = kernel.instances(name.path()).size();
                super.channelRead(ctx, message);
            }
        });
        open();
        settle();
        assertThat(connectable[0]).isEqualTo(BACKLOG + 1);
    }

    @Test
    void anAcceptedChannelRunsOnItsOwnLoop() {
        ManualIoEventLoop childLoop = newLoop();
        bound(server(childLoop, recorder, children));
        SimulatedPeer client = open();
        settle();
        assertThat(children.take()).containsExactly("registered", "active");
        client.write("hello").succeeds();
        settle();
        assertThat(children.take()).as("events on the server's loop").isEmpty();
        childLoop.runNow();
        assertThat(children.take()).containsExactly("read hello", "readComplete");
        shutDown(childLoop);
        assertThat(children.take()).containsExactly("inactive", "unregistered");
    }

    @Test
    void clientsCanConnectBeforeTheServerAccepts() {
        NamedPipeServerChannel server = bindWithoutReading();
        SimulatedPeer first = open();
        SimulatedPeer second = open();
        first.write("first").succeeds();
        second.write("second").succeeds();
        settle();
        assertThat(recorder.take()).containsExactly("registered", "active");
        server.read();
        settle();
        assertThat(recorder.take()).as("one client per read").containsExactly("accepted", "readComplete");
        assertThat(children.take()).contains("read first").doesNotContain("read second");
        server.read();
        settle();
        assertThat(children.take()).contains("read second");
    }

    @Test
    void oneReadAcceptsUpToMaxMessagesPerRead() {
        bound(server(recorder, children)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new ServerChannelRecvByteBufAllocator().maxMessagesPerRead(16))
                .option(ChannelOption.SO_BACKLOG, 3));
        open();
        open();
        open();
        recorder.take();
        settle();
        assertThat(recorder.take().stream().filter("accepted"::equals)).hasSize(3);
    }

    @Test
    void clientsWaitWhileAutoReadIsOff() {
        Recorder once = new Recorder() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                super.channelRead(ctx, message);
                ctx.channel().config().setAutoRead(false);
            }
        };
        Channel server = bind(once);
        open();
        settle();
        open();
        settle();
        assertThat(children.channels()).hasSize(1);
        server.config().setAutoRead(true);
        settle();
        assertThat(children.channels()).hasSize(2);
    }

    /** The client writes and closes before it is accepted, before or after the instance listens. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientThatHasClosedIsStillReadFrom(boolean beforeListening) {
        Runnable client = () -> {
            SimulatedPeer peer = open();
            peer.write("bye").succeeds();
            hangUp(peer);
        };
        if (beforeListening) {
            kernel.faults().before("ConnectNamedPipe", client);
        }
        NamedPipeServerChannel server = bindWithoutReading();
        if (!beforeListening) {
            client.run();
            settle();
        }
        server.read();
        settle();
        assertThat(children.take())
                .containsExactly(
                        "registered", "active", "read bye", "readComplete", "readComplete", "inactive", "unregistered");
        assertThat(recorder.errors()).isEmpty();
        assertNextClientIsAccepted(server);
    }

    @Test
    void aClientThatConnectsBeforeTheInstanceListensIsAccepted() {
        kernel.faults().before("ConnectNamedPipe", () -> open().write("early").succeeds());
        NamedPipeServerChannel server = bind(recorder);
        assertThat(children.take()).containsExactly("registered", "active", "read early", "readComplete");
        assertNextClientIsAccepted(server);
    }

    private void assertNextClientIsAccepted(NamedPipeServerChannel server) {
        int accepted = children.channels().size();
        open();
        server.read();
        settle();
        assertThat(children.channels()).hasSize(accepted + 1);
    }

    // ---- closing

    @Test
    void aCloseDisconnectsClientsThatWereNotAccepted() {
        Channel server = bindWithoutReading();
        SimulatedPeer first = open();
        SimulatedPeer second = open();
        server.close();
        settle();
        assertThat(first.read(1).code()).isEqualTo(Win32Error.ERROR_BROKEN_PIPE);
        assertThat(second.read(1).code()).isEqualTo(Win32Error.ERROR_BROKEN_PIPE);
        assertThat(recorder.take()).containsExactly("registered", "active", "inactive", "unregistered");
    }

    @Test
    void acceptedChannelsStayOpenAfterTheClose() {
        Channel server = bind(recorder);
        SimulatedPeer client = open();
        settle();
        children.take();
        server.close();
        settle();
        client.write("still open").succeeds();
        settle();
        assertThat(children.take()).containsExactly("read still open", "readComplete");
    }

    @Test
    void aCloseWhileAcceptingEndsTheAccepting() {
        Recorder last = new Recorder() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                super.channelRead(ctx, message);
                ctx.close();
            }
        };
        bound(server(last, children)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new ServerChannelRecvByteBufAllocator().maxMessagesPerRead(16))
                .option(ChannelOption.SO_BACKLOG, BACKLOG));
        last.take();
        SimulatedPeer first = open();
        SimulatedPeer second = open();
        settle();
        assertThat(last.take()).containsExactly("accepted", "readComplete", "inactive", "unregistered");
        assertThat(first.read(1).isPending()).isTrue();
        assertThat(second.read(1).code()).isEqualTo(Win32Error.ERROR_BROKEN_PIPE);
    }
}
