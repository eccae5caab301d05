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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.SimulatedKernel;
import org.namedpipe.netty.internal.win32.SimulatedPeer;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;

/** Listening: what instances there are at any time, and how clients are accepted from them. */
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

    // case 27
    @Test
    void everyInstanceIsForThisUserOnThisComputerOnly() {
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

    // case 25
    @Test
    void aNameThatSomebodyElseHasCreatedCannotBeBound() {
        listen();
        ChannelFuture bind = server(recorder, children).bind(name);
        channelOf(bind);
        assertThat(bind.cause()).isInstanceOf(BindException.class).hasMessageContaining("ERROR_ACCESS_DENIED (5)");
        assertThat(kernel.instances(name.path())).as("only the other's").hasSize(1);
    }

    // case 25
    @Test
    void aNameCanBeBoundAgainAsSoonAsItIsClosed() {
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
    void aValueThatAnOptionDoesNotTakeFailsTheBind() {
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
    void theNextInstanceListensBeforeTheAcceptedOneIsPublished() {
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

    // case 1
    @Test
    void aChildLivesOnItsOwnLoop() {
        ManualIoEventLoop childLoop = new ManualIoEventLoop(null, Thread.currentThread(), loops.factory(), clock);
        bound(server(childLoop, recorder, children));
        SimulatedPeer client = open();
        settle();
        assertThat(children.take()).containsExactly("registered", "active");
        client.write("hello").succeeds();
        settle();
        assertThat(children.take()).as("its packets are not for this loop").isEmpty();
        childLoop.runNow();
        assertThat(children.take()).containsExactly("read hello", "readComplete");
        childLoop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        while (!childLoop.isTerminated()) {
            clock.advanceMillis(1);
            childLoop.runNow();
        }
        assertThat(children.take()).containsExactly("inactive", "unregistered");
    }

    @Test
    void clientsMayConnectBeforeSomebodyAccepts() {
        NamedPipeServerChannel server = bindWithoutReading();
        SimulatedPeer first = open();
        SimulatedPeer second = open();
        first.write("first").succeeds();
        second.write("second").succeeds();
        settle();
        assertThat(recorder.take()).containsExactly("registered", "active");
        server.read();
        settle();
        assertThat(recorder.take()).as("one for each read").containsExactly("accepted", "readComplete");
        assertThat(children.take()).contains("read first").doesNotContain("read second");
        server.read();
        settle();
        assertThat(children.take()).contains("read second");
    }

    @Test
    void anAllocatorMayHaveManyClientsAcceptedAtOnce() {
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
    void autoReadThatGoesOffKeepsFurtherClientsWaiting() {
        Recorder choosy = new Recorder() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                super.channelRead(ctx, message);
                ctx.channel().config().setAutoRead(false);
            }
        };
        Channel server = bind(choosy);
        open();
        settle();
        open();
        settle();
        assertThat(children.channels()).hasSize(1);
        server.config().setAutoRead(true);
        settle();
        assertThat(children.channels()).hasSize(2);
    }

    // case 20
    @Test
    void aClientThatWroteAndLeftBeforeItWasAcceptedIsStillHeard() {
        NamedPipeServerChannel server = bindWithoutReading();
        SimulatedPeer hasty = open();
        hasty.write("bye").succeeds();
        hangUp(hasty);
        settle();
        server.read();
        settle();
        assertThat(children.take())
                .containsExactly(
                        "registered", "active", "read bye", "readComplete", "readComplete", "inactive", "unregistered");
        assertThat(recorder.errors()).isEmpty();
    }

    // case 20
    @Test
    void aClientThatCameAndWentBeforeTheInstanceListenedIsStillHeard() {
        beforeListening(() -> {
            SimulatedPeer hasty = open();
            hasty.write("bye").succeeds();
            hangUp(hasty);
        });
        bind(recorder);
        assertThat(children.take())
                .containsExactly(
                        "registered", "active", "read bye", "readComplete", "readComplete", "inactive", "unregistered");
        assertThat(recorder.errors()).isEmpty();
        assertOneCanConnect();
    }

    // case 38
    @Test
    void aClientThatCameBeforeTheInstanceListenedIsAccepted() {
        beforeListening(() -> open().write("early").succeeds());
        bind(recorder);
        assertThat(children.take()).containsExactly("registered", "active", "read early", "readComplete");
        assertOneCanConnect();
    }

    private void beforeListening(Runnable action) {
        kernel.faults().before("ConnectNamedPipe", action);
    }

    private void assertOneCanConnect() {
        int accepted = children.channels().size();
        open();
        settle();
        assertThat(children.channels()).hasSize(accepted + 1);
    }

    // ---- closing

    @Test
    void clientsThatWereNotAcceptedAreTurnedAwayByTheClose() {
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
    void acceptedChannelsOutliveTheirServer() {
        Channel server = bind(recorder);
        SimulatedPeer client = open();
        settle();
        children.take();
        server.close();
        settle();
        client.write("still here").succeeds();
        settle();
        assertThat(children.take()).containsExactly("read still here", "readComplete");
    }

    @Test
    void aServerThatIsClosedWhileItAcceptsAcceptsNoMore() {
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
