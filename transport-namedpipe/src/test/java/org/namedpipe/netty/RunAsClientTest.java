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
import static org.namedpipe.netty.TwoSimulatedProcesses.ALICE;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testkit.ClientOpen;
import org.namedpipe.netty.testkit.SimulatedKernel;
import org.namedpipe.netty.win32.WindowsException;

/** {@code runAsClient}, with a client of another user. */
class RunAsClientTest {
    private final TwoSimulatedProcesses two = new TwoSimulatedProcesses(ALICE);
    private final SimulatedKernel kernel = two.kernel;
    private final BlockingQueue<Boolean> impersonatingInHandler = new LinkedBlockingQueue<>();

    @BeforeEach
    void bind() throws Exception {
        Await.get(two.server(() -> new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext ctx, Object message) {
                        ReferenceCountUtil.release(message);
                        impersonatingInHandler.add(kernel.isImpersonating());
                    }
                })
                .option(NamedPipeChannelOption.SECURITY, NamedPipeSecurity.everyone())
                .bind(two.name));
    }

    @AfterEach
    void close() {
        two.close();
    }

    private NamedPipeChannel client(NamedPipeImpersonationLevel level) throws Exception {
        return two.connect(two.client().option(NamedPipeChannelOption.IMPERSONATION_LEVEL, level));
    }

    /** Connects, and returns the server's end after it has read. */
    private NamedPipeChannel serverThatHasRead(NamedPipeImpersonationLevel level) throws Exception {
        NamedPipeChannel client = client(level);
        NamedPipeChannel server = Await.next(two.accepted);
        Await.get(client.writeAndFlush(Unpooled.copiedBuffer("hello", StandardCharsets.US_ASCII)));
        assertThat(Await.next(impersonatingInHandler)).isFalse();
        return server;
    }

    private static void assertFailsWith(Future<?> future, int code) {
        assertThat(Await.failure(future))
                .isInstanceOfSatisfying(
                        WindowsException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private final Callable<String> neverRun = () -> {
        throw new AssertionError("must not run");
    };

    @ParameterizedTest
    @EnumSource(names = {"IMPERSONATION", "DELEGATION"})
    void theTaskRunsAsTheClientOnAThreadThatEndsAfterwards(NamedPipeImpersonationLevel level) throws Exception {
        NamedPipeChannel server = serverThatHasRead(level);
        Thread[] worker = new Thread[1];

        Future<Boolean> done = server.runAsClient(() -> {
            worker[0] = Thread.currentThread();
            return kernel.isImpersonating();
        });

        assertThat(Await.get(done)).isTrue();
        worker[0].join(20_000);
        assertThat(worker[0].isAlive()).isFalse();
        assertThat(kernel.calls("RevertToSelf")).isEqualTo(kernel.calls("ImpersonateNamedPipeClient"));
        assertThat(Await.get(server.eventLoop().submit(kernel::isImpersonating)))
                .isFalse();
    }

    @Test
    void theTaskHasTheRightsOfTheClient() throws Exception {
        NamedPipeChannel server = serverThatHasRead(NamedPipeImpersonationLevel.IMPERSONATION);
        NamedPipeAddress own = NamedPipeAddress.of(two.name.name() + "-own");
        Await.get(two.server().bind(own));

        // Alice may not open this pipe of the server's user.
        long opened =
                Await.get(server.runAsClient(() -> kernel.createFile(own.path(), Win32Constants.GENERIC_READ, 0)));

        assertThat(opened).isEqualTo(-Win32Error.ERROR_ACCESS_DENIED);
    }

    @ParameterizedTest
    @CsvSource({"IDENTIFICATION, ERROR_BAD_IMPERSONATION_LEVEL", "ANONYMOUS, ERROR_CANT_OPEN_ANONYMOUS"})
    void theTaskFailsIfTheClientsLevelIsTooLow(NamedPipeImpersonationLevel level, String error) throws Exception {
        NamedPipeChannel server = serverThatHasRead(level);

        assertFailsWith(
                server.runAsClient(neverRun), Win32Error.class.getField(error).getInt(null));
        assertThat(kernel.calls("RevertToSelf")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "ANONYMOUS, false, 0x00000",
        "IDENTIFICATION, false, 0x10000",
        "IMPERSONATION, true, 0x60000",
        "DELEGATION, true, 0x70000"
    })
    void theLevelIsPassedToCreateFile(NamedPipeImpersonationLevel level, boolean tracking, String expected)
            throws Exception {
        two.connect(two.client()
                .option(NamedPipeChannelOption.IMPERSONATION_LEVEL, level)
                .option(NamedPipeChannelOption.CONTEXT_TRACKING, tracking));

        ClientOpen open = kernel.opens(two.name.path()).get(0);
        int security = Win32Constants.SECURITY_SQOS_PRESENT | 0xF_0000;
        assertThat(open.flags() & security).isEqualTo(Win32Constants.SECURITY_SQOS_PRESENT | Integer.decode(expected));
    }

    @Test
    void theTaskFailsBeforeTheFirstRead() throws Exception {
        client(NamedPipeImpersonationLevel.IMPERSONATION);
        NamedPipeChannel server = Await.next(two.accepted);

        assertFailsWith(server.runAsClient(neverRun), Win32Error.ERROR_CANNOT_IMPERSONATE);
        assertThat(kernel.calls("ImpersonateNamedPipeClient")).isZero();
    }

    @Test
    void theThreadRevertsWhenTheTaskFails() throws Exception {
        NamedPipeChannel server = serverThatHasRead(NamedPipeImpersonationLevel.IMPERSONATION);

        Future<Object> failed = server.runAsClient(() -> {
            throw new IOException("of the task");
        });

        assertThat(Await.failure(failed)).isInstanceOf(IOException.class).hasMessage("of the task");
        assertThat(kernel.calls("RevertToSelf")).isEqualTo(kernel.calls("ImpersonateNamedPipeClient"));
    }

    @Test
    void aThreadThatCannotRevertEnds() throws Exception {
        NamedPipeChannel server = serverThatHasRead(NamedPipeImpersonationLevel.IMPERSONATION);
        // The first call follows the check of the client's level.
        kernel.faults().on("RevertToSelf").after(1).fail(Win32Error.ERROR_ACCESS_DENIED);
        Thread[] worker = new Thread[1];
        BlockingQueue<Throwable> uncaught = new LinkedBlockingQueue<>();

        Future<String> done = server.runAsClient(() -> {
            worker[0] = Thread.currentThread();
            worker[0].setUncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown));
            return "done";
        });

        assertThat(Await.failure(done))
                .isInstanceOf(NamedPipeRevertToSelfError.class)
                .hasMessageContaining("RevertToSelf")
                .hasCauseInstanceOf(WindowsException.class);
        assertThat(Await.next(uncaught)).isInstanceOf(NamedPipeRevertToSelfError.class);
        worker[0].join(20_000);
        assertThat(worker[0].isAlive()).isFalse();
    }

    @Test
    void aLookUpThatCannotRevertEndsItsThreadToo() throws Exception {
        NamedPipeChannel server = serverThatHasRead(NamedPipeImpersonationLevel.IDENTIFICATION);
        Thread[] worker = new Thread[1];
        BlockingQueue<Throwable> uncaught = new LinkedBlockingQueue<>();
        kernel.faults().before("RevertToSelf", () -> {
            worker[0] = Thread.currentThread();
            worker[0].setUncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown));
        });
        kernel.faults().on("RevertToSelf").fail(Win32Error.ERROR_ACCESS_DENIED);

        assertThat(Await.failure(server.peer())).isInstanceOf(NamedPipeRevertToSelfError.class);
        assertThat(Await.next(uncaught)).isInstanceOf(NamedPipeRevertToSelfError.class);
        worker[0].join(20_000);
        assertThat(worker[0].isAlive()).isFalse();
        assertThat(Await.get(server.peer()).userSid()).isEqualTo(ALICE.userSid());
    }

    @Test
    void theTaskGoesOnWhenTheChannelIsClosed() throws Exception {
        NamedPipeChannel server = serverThatHasRead(NamedPipeImpersonationLevel.IMPERSONATION);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Future<Boolean> done = server.runAsClient(() -> {
            running.countDown();
            Await.done(closed);
            return kernel.isImpersonating();
        });
        Await.done(running);

        Await.get(server.close());
        closed.countDown();

        assertThat(Await.get(done)).isTrue();
    }

    @Test
    void clientsDoNotSupportIt() throws Exception {
        NamedPipeChannel client = client(NamedPipeImpersonationLevel.IMPERSONATION);

        assertThat(Await.failure(client.runAsClient(neverRun))).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void itFailsOnAClosedChannel() throws Exception {
        NamedPipeChannel server = serverThatHasRead(NamedPipeImpersonationLevel.IMPERSONATION);
        Await.get(server.close());

        assertThat(Await.failure(server.runAsClient(neverRun))).isInstanceOf(ClosedChannelException.class);
    }
}
