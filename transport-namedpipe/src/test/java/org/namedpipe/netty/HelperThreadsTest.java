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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testkit.SimulatedKernel;

/** A few threads do all blocking calls, for any number of channels. */
class HelperThreadsTest {
    private static final int WAITING = 1024;
    private static final int TASK_THREADS = 16;
    private static final int LOOKUP_THREADS = 4;

    private final TwoSimulatedProcesses two = new TwoSimulatedProcesses(ALICE);
    private final SimulatedKernel kernel = two.kernel;
    private final BlockingQueue<Boolean> read = new LinkedBlockingQueue<>();
    private final CompletableFuture<Boolean> released = new CompletableFuture<>();
    private @SuppressWarnings("NullAway.Init") NamedPipeChannel server;
    private @SuppressWarnings("NullAway.Init") NamedPipeChannel client;

    @BeforeEach
    void connect() throws Exception {
        Await.get(two.server(() -> new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext ctx, Object message) {
                        ReferenceCountUtil.release(message);
                        read.add(true);
                    }
                })
                .option(NamedPipeChannelOption.SECURITY, NamedPipeSecurity.everyone())
                .bind(two.name));
        client = two.connect(two.client()
                .option(NamedPipeChannelOption.IMPERSONATION_LEVEL, NamedPipeImpersonationLevel.IMPERSONATION));
        server = Await.next(two.accepted);
        Await.get(client.writeAndFlush(Unpooled.copyInt(1)));
        Await.next(read);
    }

    @AfterEach
    void close() {
        released.complete(true);
        two.close();
    }

    private static void isRefused(Future<?> future, String operation) {
        assertThat(Await.failure(future))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContainingAll(operation, "\\\\.\\pipe\\", "threads", "1024 tasks wait");
    }

    @Test
    void tasksInTheNameOfClientsShareSixteenThreadsAndABoundedQueue() throws Exception {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        List<Future<Boolean>> tasks = new ArrayList<>();
        Callable<Boolean> task = () -> {
            threads.add(Thread.currentThread());
            Await.join(released);
            return kernel.isImpersonating();
        };
        for (int i = 0; i < TASK_THREADS; i++) {
            tasks.add(server.runAsClient(task));
        }
        // Only when all threads are busy does the number of tasks that wait depend on no thread.
        Await.until(() -> threads.size() == TASK_THREADS);
        for (int i = 0; i < WAITING; i++) {
            tasks.add(server.runAsClient(task));
        }

        isRefused(server.runAsClient(() -> true), "runAsClient()");

        released.complete(true);
        for (Future<Boolean> ended : tasks) {
            assertThat(Await.get(ended)).isTrue();
        }
        assertThat(kernel.calls("RevertToSelf")).isEqualTo(kernel.calls("ImpersonateNamedPipeClient"));
    }

    @Test
    void lookUpsShareFourThreadsAndABoundedQueue() throws Exception {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < LOOKUP_THREADS; i++) {
            kernel.faults().before("AccountName", () -> {
                threads.add(Thread.currentThread());
                Await.join(released);
            });
        }
        List<Future<NamedPipePeer>> peers = new ArrayList<>();
        for (int i = 0; i < LOOKUP_THREADS; i++) {
            peers.add(server.peer());
        }
        Await.until(() -> threads.size() == LOOKUP_THREADS);
        for (int i = 0; i < WAITING; i++) {
            peers.add(server.peer());
        }

        isRefused(server.peer(), "peer()");

        released.complete(true);
        for (Future<NamedPipePeer> peer : peers) {
            assertThat(Await.get(peer).userSid()).isEqualTo(ALICE.userSid());
        }
    }

    @Test
    void aTaskHasTheContextClassLoaderOfTheLoop() throws Exception {
        ClassLoader ofLoop =
                Await.get(server.eventLoop().submit(() -> Thread.currentThread().getContextClassLoader()));
        Thread[] worker = new Thread[1];

        ClassLoader ofTask = Await.get(server.runAsClient(() -> {
            worker[0] = Thread.currentThread();
            return worker[0].getContextClassLoader();
        }));

        assertThat(ofTask).isNotNull().isSameAs(ofLoop);
        assertThat(worker[0].getContextClassLoader()).isNull();
        worker[0].join(20_000);
        assertThat(worker[0].isAlive()).isFalse();
    }

    @Test
    void theClientSeesTheCloseWhenTheTaskHasEnded() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        Future<Boolean> task = server.runAsClient(() -> {
            running.countDown();
            Await.join(released);
            return true;
        });
        Await.done(running);
        Await.get(server.close());
        kernel.awaitIdle(2);
        assertThat(client.isActive()).isTrue();

        released.complete(true);

        Await.get(task);
        Await.get(client.closeFuture());
    }
}
