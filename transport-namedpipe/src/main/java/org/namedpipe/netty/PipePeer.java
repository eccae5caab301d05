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

import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.ThreadPerTaskExecutor;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.win32.Kernel;
import org.namedpipe.netty.win32.TokenFacts;
import org.namedpipe.netty.win32.Win32Error;
import org.namedpipe.netty.win32.Win32Exception;

/**
 * Finds out who is at the other end of a channel, and acts for it. What is asked of the pipe is asked on the loop, where its
 * handle is safe; what may block, or acts for somebody else, happens on other threads.
 */
final class PipePeer {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(PipePeer.class);
    private static final int MAX_LOOKUPS = 4;
    private static final int IDLE_SECONDS = 10;
    private static final long NO_TOKEN = -Win32Error.ERROR_NO_TOKEN;

    private static final Executor LOOKUPS = lookups();
    /** A thread for each call, so that one that cannot be brought back is used for nothing else. */
    private static final Executor CLIENTS_WORK =
            new ThreadPerTaskExecutor(new DefaultThreadFactory("namedpipe-impersonation", true));

    private final NamedPipeChannel channel;

    /** What the loop knows, and what it has opened for the lookup. */
    private record Question(
            long processId,
            int sessionId,
            @Nullable String computerName,
            long processToken,
            @Nullable ClientImpersonation client) {}

    PipePeer(NamedPipeChannel channel) {
        this.channel = channel;
    }

    private static Executor lookups() {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                MAX_LOOKUPS,
                MAX_LOOKUPS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DefaultThreadFactory("namedpipe-peer", true));
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    // ---- who it is

    /** On the loop. */
    void lookUp(Promise<NamedPipePeer> promise) {
        try {
            Question question = ask();
            LOOKUPS.execute(() -> answer(question, promise));
        } catch (IOException e) {
            promise.tryFailure(e);
        }
    }

    private Question ask() throws IOException {
        if (!channel.isActive()) {
            throw new ClosedChannelException();
        }
        Kernel kernel = kernel();
        long handle = channel.handle();
        boolean server = isServer();
        long processId =
                server ? kernel.getNamedPipeClientProcessId(handle) : kernel.getNamedPipeServerProcessId(handle);
        long sessionId =
                server ? kernel.getNamedPipeClientSessionId(handle) : kernel.getNamedPipeServerSessionId(handle);
        String computer = computer(kernel, handle);
        ClientImpersonation client = canImpersonate()
                ? new ClientImpersonation(kernel, channel.pipeName(), channel.handles(), handle)
                : null;
        long token = computer == null && processId > 0 ? processToken(kernel, handle, processId) : NO_TOKEN;
        return new Question(Math.max(processId, -1), (int) Math.max(sessionId, -1), computer, token, client);
    }

    private @Nullable String computer(Kernel kernel, long handle) {
        NamedPipeAddress remote = channel.remoteAddress();
        if (!isServer()) {
            return remote == null || remote.isLocal() ? null : remote.host();
        }
        try {
            return kernel.getNamedPipeClientComputerName(handle);
        } catch (Win32Exception e) {
            logger.debug("{} does not know its client's computer", channel, e);
            // Some other computer, then: a number of its processes must not be taken for one of ours.
            return "";
        }
    }

    /** Opened while the peer is still there, or it might be another process that was given the number. */
    private static long processToken(Kernel kernel, long handle, long processId) {
        long token = kernel.openProcessToken(processId);
        if (!Win32Error.isError(token) && isGone(kernel.peekNamedPipe(handle))) {
            kernel.closeHandle(token);
            return -Win32Error.ERROR_BROKEN_PIPE;
        }
        return token;
    }

    private static boolean isGone(int peeked) {
        return peeked == -Win32Error.ERROR_BROKEN_PIPE
                || peeked == -Win32Error.ERROR_PIPE_NOT_CONNECTED
                || peeked == -Win32Error.ERROR_NO_DATA
                || peeked == -Win32Error.ERROR_BAD_PIPE;
    }

    private void answer(Question question, Promise<NamedPipePeer> promise) {
        try {
            promise.trySuccess(answer(question));
        } catch (ImpersonationNotRevertedError e) {
            promise.tryFailure(e);
            throw e;
        } catch (Throwable t) {
            promise.tryFailure(t);
        }
    }

    private NamedPipePeer answer(Question question) {
        TokenFacts ofClient;
        TokenFacts ofProcess;
        try {
            ofClient = clientToken(question.client());
            ofProcess = ofClient == null ? processFacts(question.processToken()) : null;
        } finally {
            if (!Win32Error.isError(question.processToken())) {
                kernel().closeHandle(question.processToken());
            }
        }
        TokenFacts token = ofClient == null ? ofProcess : ofClient;
        return new NamedPipePeer(
                question.processId(),
                question.sessionId(),
                question.computerName(),
                evidence(ofClient, ofProcess),
                token,
                token == null ? null : userName(token));
    }

    private static NamedPipePeer.Evidence evidence(@Nullable TokenFacts ofClient, @Nullable TokenFacts ofProcess) {
        if (ofClient != null) {
            return NamedPipePeer.Evidence.CLIENT_TOKEN;
        }
        return ofProcess == null ? NamedPipePeer.Evidence.NONE : NamedPipePeer.Evidence.PROCESS;
    }

    private @Nullable TokenFacts clientToken(@Nullable ClientImpersonation client) {
        if (client == null) {
            return null;
        }
        try (client) {
            return client.token();
        } catch (Exception e) {
            logger.debug("The client of {} does not identify itself", channel, e);
            return null;
        }
    }

    private @Nullable TokenFacts processFacts(long tokenOrError) {
        if (Win32Error.isError(tokenOrError)) {
            return null;
        }
        try {
            return kernel().tokenFacts(tokenOrError);
        } catch (Win32Exception e) {
            logger.debug("The process at the other end of {} cannot be asked", channel, e);
            return null;
        }
    }

    private @Nullable String userName(TokenFacts token) {
        try {
            return kernel().accountName(token.userSid());
        } catch (Win32Exception e) {
            logger.debug("{} has no name", token.userSid(), e);
            return null;
        }
    }

    // ---- acting for it

    /** On the loop. */
    <V> void runAsClient(Callable<V> task, Promise<V> promise) {
        try {
            ClientImpersonation client = impersonation();
            CLIENTS_WORK.execute(() -> run(client, task, promise));
        } catch (Exception e) {
            promise.tryFailure(e);
        }
    }

    private ClientImpersonation impersonation() throws IOException {
        if (!isServer()) {
            throw new UnsupportedOperationException("only a server can act for its client");
        }
        if (!channel.isActive()) {
            throw new ClosedChannelException();
        }
        if (!canImpersonate()) {
            throw new Win32Exception(
                    "ImpersonateNamedPipeClient", channel.pipeName(), Win32Error.ERROR_CANNOT_IMPERSONATE);
        }
        return new ClientImpersonation(kernel(), channel.pipeName(), channel.handles(), channel.handle());
    }

    private static <V> void run(ClientImpersonation client, Callable<V> task, Promise<V> promise) {
        if (!promise.setUncancellable()) {
            client.close();
            return;
        }
        V result;
        try (client) {
            result = client.call(task);
        } catch (ImpersonationNotRevertedError e) {
            promise.tryFailure(e);
            throw e;
        } catch (Throwable t) {
            promise.tryFailure(t);
            return;
        }
        promise.trySuccess(result);
    }

    // ----

    private boolean isServer() {
        return channel.parent() != null;
    }

    /** Wine would let a client be impersonated before the first read, Windows does not. */
    private boolean canImpersonate() {
        return isServer() && channel.hasRead();
    }

    private Kernel kernel() {
        return channel.kernel();
    }
}
