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
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Puts a close off until the write under way has ended: its buffer is the kernel's until then, and who is told that the
 * write has failed expects to own it again.
 */
final class PipeClose implements Executor {
    /** A packet that is cancelled comes at once, unless a driver between here and the pipe is in no hurry. */
    static final long MAX_WAIT_MILLIS = 1000;

    private enum State {
        OPEN,
        WAITING,
        /** Nothing is waited for any more. */
        PROMPT
    }

    private final NamedPipeChannel channel;
    private State state = State.OPEN;
    private @Nullable Runnable rest;
    private @Nullable Future<?> timeout;

    PipeClose(NamedPipeChannel channel) {
        this.channel = channel;
    }

    /** Cancels what is under way. @return what is to run the rest of the close, or {@code null} if it need not wait */
    @Nullable
    Executor prepare() {
        return channel.cancelAll() && state == State.OPEN ? this : null;
    }

    @Override
    public void execute(Runnable closing) {
        state = State.WAITING;
        rest = closing;
        timeout = channel.eventLoop().schedule(this::waitNoLonger, MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS);
    }

    void writeEnded() {
        if (state == State.WAITING) {
            waitNoLonger();
        }
    }

    /** Ends the close that waits, if one does, and has none wait. */
    void waitNoLonger() {
        state = State.PROMPT;
        Runnable closing = rest;
        if (closing != null) {
            rest = null;
            if (timeout != null) {
                timeout.cancel(false);
            }
            closing.run();
        }
    }
}
