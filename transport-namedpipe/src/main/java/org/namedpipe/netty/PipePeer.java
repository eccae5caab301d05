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

import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.TokenInformation;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.win32.WindowsException;

/**
 * Finds out who is at the other end of a channel, and acts for it. What is asked of the pipe is asked on the loop, where its
 * handle is safe; calls that may block, or that act for a client, happen on other threads.
 */
final class PipePeer {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(PipePeer.class);
    /** The number of tasks of each kind that may wait for a thread. Each keeps a handle of its pipe open. */
    private static final int MAX_WAITING = 1024;

    private static final Executor LOOKUPS =
            new HelperThreads("namedpipe-peer", 4, MAX_WAITING, TimeUnit.SECONDS.toNanos(10));
    /** A thread ends with its task, unless another waits: what a task leaves behind is gone soon. */
    private static final Executor CLIENTS_WORK = new HelperThreads("namedpipe-impersonation", 16, MAX_WAITING, 1);

    private final PipeEnd end;
    private final PipeHandle pipe;
    private final PipeReader reader;

    /** The input of a look-up: data of the loop, and handles that are open for the look-up. */
    private record Question(
            long processId,
            int sessionId,
            @Nullable String computerName,
            long processToken,
            @Nullable ClientImpersonation client) {}

    PipePeer(PipeEnd end, PipeHandle pipe, PipeReader reader) {
        this.end = end;
        this.pipe = pipe;
        this.reader = reader;
    }

    // ---- who it is

    /** Any thread. */
    Future<NamedPipePeer> lookUp() {
        Promise<NamedPipePeer> promise = end.eventLoop().newPromise();
        onLoop(() -> lookUp(promise));
        return promise;
    }

    private void onLoop(Runnable task) {
        if (end.eventLoop().inEventLoop()) {
            task.run();
        } else {
            end.eventLoop().execute(task);
        }
    }

    private void lookUp(Promise<NamedPipePeer> promise) {
        Question question;
        try {
            question = ask();
        } catch (IOException e) {
            promise.tryFailure(e);
            return;
        }
        try {
            LOOKUPS.execute(() -> answer(question, promise));
        } catch (RejectedExecutionException e) {
            close(question);
            promise.tryFailure(full("peer()", e, "Ask once for each connection and keep the answer."));
        }
    }

    private RejectedExecutionException full(String operation, RejectedExecutionException cause, String advice) {
        String message = operation + " of " + end.pipeName() + " failed: " + cause.getMessage() + ". " + advice;
        return new RejectedExecutionException(message, cause);
    }

    private Question ask() throws IOException {
        if (!end.isActive()) {
            throw new ClosedChannelException();
        }
        if (pipe.isRemote()) {
            // All that its end of the pipe could be asked goes over the network, and comes from the computer in
            // question.
            return new Question(-1, -1, pipe.host(), PeerProcess.NO_TOKEN, null);
        }
        Kernel kernel = kernel();
        long handle = pipe.value();
        boolean server = isServer();
        long processId =
                server ? kernel.getNamedPipeClientProcessId(handle) : kernel.getNamedPipeServerProcessId(handle);
        long sessionId =
                server ? kernel.getNamedPipeClientSessionId(handle) : kernel.getNamedPipeServerSessionId(handle);
        String computer = server ? clientComputer(kernel, handle) : null;
        ClientImpersonation client =
                canImpersonate() ? new ClientImpersonation(kernel, end.pipeName(), pipe.handles(), handle) : null;
        long token = computer == null && processId > 0 ? PeerProcess.openToken(pipe, processId) : PeerProcess.NO_TOKEN;
        return new Question(Math.max(processId, -1), (int) Math.max(sessionId, -1), computer, token, client);
    }

    private @Nullable String clientComputer(Kernel kernel, long handle) {
        try {
            return kernel.getNamedPipeClientComputerName(handle);
        } catch (WindowsException e) {
            logger.debug("{} does not know its client's computer", end.pipeName(), e);
            return ""; // Another computer, then: the id of its process must not be taken for one of ours.
        }
    }

    private void close(Question question) {
        if (!Win32Error.isError(question.processToken())) {
            kernel().closeHandle(question.processToken());
        }
        ClientImpersonation client = question.client();
        if (client != null) {
            client.close();
        }
    }

    private void answer(Question question, Promise<NamedPipePeer> promise) {
        try {
            promise.trySuccess(answer(question));
        } catch (NamedPipeRevertToSelfError e) {
            promise.tryFailure(e);
            throw e;
        } catch (Throwable t) {
            promise.tryFailure(t);
        }
    }

    private NamedPipePeer answer(Question question) {
        TokenInformation ofClient;
        TokenInformation ofProcess;
        try {
            ofClient = clientToken(question.client());
            ofProcess = ofClient == null ? processTokenInformation(question.processToken()) : null;
        } finally {
            close(question);
        }
        TokenInformation token = ofClient == null ? ofProcess : ofClient;
        return new NamedPipePeer(
                question.processId(),
                question.sessionId(),
                question.computerName(),
                evidence(ofClient, ofProcess),
                token,
                token == null ? null : userName(token));
    }

    private static NamedPipePeer.Evidence evidence(
            @Nullable TokenInformation ofClient, @Nullable TokenInformation ofProcess) {
        if (ofClient != null) {
            return NamedPipePeer.Evidence.CLIENT_TOKEN;
        }
        return ofProcess == null ? NamedPipePeer.Evidence.NONE : NamedPipePeer.Evidence.PROCESS;
    }

    private @Nullable TokenInformation clientToken(@Nullable ClientImpersonation client) {
        if (client == null) {
            return null;
        }
        try {
            return client.token();
        } catch (Exception e) {
            logger.debug("The client of {} does not identify itself", end.pipeName(), e);
            return null;
        }
    }

    private @Nullable TokenInformation processTokenInformation(long tokenOrError) {
        if (Win32Error.isError(tokenOrError)) {
            return null;
        }
        try {
            return kernel().tokenInformation(tokenOrError);
        } catch (WindowsException e) {
            logger.debug("The process at the other end of {} cannot be asked", end.pipeName(), e);
            return null;
        }
    }

    private @Nullable String userName(TokenInformation token) {
        try {
            return kernel().accountName(token.userSid());
        } catch (WindowsException e) {
            logger.debug("{} has no name", token.userSid(), e);
            return null;
        }
    }

    // ---- acting for it

    /** Any thread. */
    <V> Future<V> runAsClient(Callable<V> task) {
        Promise<V> promise = end.eventLoop().newPromise();
        onLoop(() -> runAsClient(task, promise));
        return promise;
    }

    private <V> void runAsClient(Callable<V> task, Promise<V> promise) {
        ClientImpersonation client;
        try {
            client = impersonation();
        } catch (Exception e) {
            promise.tryFailure(e);
            return;
        }
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try {
            CLIENTS_WORK.execute(() -> run(client, within(loader, task), promise));
        } catch (RejectedExecutionException e) {
            client.close();
            promise.tryFailure(full("runAsClient()", e, "Run fewer tasks at a time, or shorter ones."));
        }
    }

    /** The task has the loop's context class loader; its thread, which may do other work next, does not keep it. */
    private static <V> Callable<V> within(@Nullable ClassLoader loader, Callable<V> task) {
        return () -> {
            Thread thread = Thread.currentThread();
            thread.setContextClassLoader(loader);
            try {
                return task.call();
            } finally {
                thread.setContextClassLoader(null);
            }
        };
    }

    private ClientImpersonation impersonation() throws IOException {
        if (!isServer()) {
            throw new UnsupportedOperationException("only a server can act for its client");
        }
        if (!end.isActive()) {
            throw new ClosedChannelException();
        }
        if (!canImpersonate()) {
            throw new WindowsException(
                    "ImpersonateNamedPipeClient", end.pipeName(), Win32Error.ERROR_CANNOT_IMPERSONATE);
        }
        return new ClientImpersonation(kernel(), end.pipeName(), pipe.handles(), pipe.value());
    }

    private static <V> void run(ClientImpersonation client, Callable<V> task, Promise<V> promise) {
        if (!promise.setUncancellable()) {
            client.close();
            return;
        }
        V result;
        try (client) {
            result = client.call(task);
        } catch (NamedPipeRevertToSelfError e) {
            promise.tryFailure(e);
            throw e;
        } catch (Throwable t) {
            promise.tryFailure(t);
            return;
        }
        promise.trySuccess(result);
    }

    private boolean isServer() {
        return pipe.shape().server();
    }

    /** Wine would let a client be impersonated before the first read, Windows does not. */
    private boolean canImpersonate() {
        return isServer() && reader.hasRead();
    }

    private Kernel kernel() {
        return pipe.kernel();
    }
}
