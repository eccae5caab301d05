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
package org.namedpipe.netty.streams;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Waiting, and what it must not do. */
final class Blocking {
    private Blocking() {}

    static Duration checkTimeout(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("the time-out is negative: " + timeout);
        }
        return timeout;
    }

    /** Fails on the event loop, which would wait for itself. */
    static void checkThread(Channel channel, String operation) {
        if (channel.isRegistered() && channel.eventLoop().inEventLoop()) {
            throw new IllegalStateException(operation + " would block the event loop of " + channel
                    + "; call it on another thread, or use the channel");
        }
    }

    /** Waits for {@code future}. {@link Duration#ZERO} waits without a limit. */
    static void await(Future<?> future, Duration timeout, String operation) throws IOException {
        try {
            if (timeout.isZero()) {
                future.await();
            } else if (!future.await(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw timedOut(operation, timeout);
            }
        } catch (InterruptedException e) {
            throw interrupted(operation);
        }
        Throwable cause = future.cause();
        if (cause != null) {
            throw failed(operation, cause);
        }
    }

    /** Waits for {@code lock}. {@link Duration#ZERO} waits without a limit. */
    static void lock(ReentrantLock lock, Duration timeout, String operation) throws IOException {
        try {
            if (timeout.isZero()) {
                lock.lockInterruptibly();
            } else if (!lock.tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw timedOut(operation, timeout);
            }
        } catch (InterruptedException e) {
            throw interrupted(operation);
        }
    }

    static SocketTimeoutException timedOut(String operation, Duration timeout) {
        return new SocketTimeoutException(operation + " has not ended within " + timeout.toMillis() + " ms");
    }

    /** Sets the interrupt status again. */
    static InterruptedIOException interrupted(String operation) {
        Thread.currentThread().interrupt();
        return new InterruptedIOException(operation + " was interrupted");
    }

    /** Returns an exception of the calling thread: one that several threads throw has the stack of only one. */
    static IOException failed(String operation, Throwable cause) {
        if (cause instanceof ClosedChannelException) {
            ClosedChannelException closed = new ClosedChannelException();
            closed.initCause(cause);
            return closed;
        }
        return new IOException(operation + " failed: " + cause.getMessage(), cause);
    }
}
