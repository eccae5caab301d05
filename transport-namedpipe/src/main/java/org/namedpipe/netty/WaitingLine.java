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

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.Win32Error;

/**
 * The clients of one event loop that wait for one pipe, first come, first served. Windows is asked for the first of them
 * only, with growing pauses. An answer that concerns the name ({@code ERROR_PIPE_BUSY}, {@code ERROR_FILE_NOT_FOUND}) goes
 * to all of them; any other answer concerns the first, and the next is tried at once.
 *
 * <p>A pause lasts at least one tick of the system's timer on Windows, 15.6 ms unless a process has changed it: pauses of 1,
 * 2, 4 and 8 ms are about 16 ms there.
 *
 * <p>Confined to the loop's thread.
 */
final class WaitingLine {
    private static final int SHORTEST_PAUSE = 1;
    private static final int LONGEST_BUSY_PAUSE = 32;
    private static final int LONGEST_ABSENT_PAUSE = 250;

    private enum State {
        /** No client waits. */
        EMPTY,
        /** A timer runs. */
        PAUSING,
        /** The pipe is being opened for the first in line. */
        ASKING
    }

    private final WaitingLines lines;
    private final NamedPipeAddress server;
    private final EventLoop loop;
    private final Set<ConnectAttempt> waiting = new LinkedHashSet<>();
    private State state = State.EMPTY;
    private @Nullable Future<?> timer;
    /** The client whose answer comes later, from another thread. */
    private @Nullable ConnectAttempt asked;

    private int pauseMillis;
    private int nextPauseMillis = SHORTEST_PAUSE;
    private int lastCode;

    WaitingLine(WaitingLines lines, NamedPipeAddress server, EventLoop loop) {
        this.lines = lines;
        this.server = server;
        this.loop = loop;
    }

    /**
     * Adds a client at the end that has not asked yet. If it would not wait for what was last answered, the pipe is asked
     * for at once.
     */
    void join(ConnectAttempt newcomer) {
        waiting.add(newcomer);
        if (state == State.PAUSING && !newcomer.waitsFor(lastCode)) {
            ask();
        }
    }

    /** Adds a client at the end that was just answered that the pipe is busy or does not exist. */
    void joinAfter(ConnectAttempt client, int code) {
        waiting.add(client);
        if (state == State.EMPTY) {
            lastCode = code;
            pause();
            client.willAskAgain(code, pauseMillis);
        }
    }

    /** Removes a client. The others go on waiting. */
    void leave(ConnectAttempt client) {
        if (!waiting.remove(client)) {
            return;
        }
        if (asked == client) {
            asked = null;
            pause();
        }
        if (waiting.isEmpty() && state == State.PAUSING) {
            end();
        }
    }

    /** Returns how many clients wait, for tests. */
    int size() {
        return waiting.size();
    }

    /** Returns whether the pipe is being opened, for tests. */
    boolean isAsking() {
        return state == State.ASKING;
    }

    /** Returns the last code of {@code CreateFile}. */
    int lastCode() {
        return lastCode;
    }

    /** A connection of this loop to this pipe closes, so an instance may be free soon. */
    void placeMayBeFree() {
        if (state == State.PAUSING && lastCode == Win32Error.ERROR_PIPE_BUSY && pauseMillis > SHORTEST_PAUSE) {
            nextPauseMillis = SHORTEST_PAUSE;
            pause();
        }
    }

    private void pause() {
        cancelTimer();
        state = State.PAUSING;
        int longest = lastCode == Win32Error.ERROR_PIPE_BUSY ? LONGEST_BUSY_PAUSE : LONGEST_ABSENT_PAUSE;
        pauseMillis = Math.min(nextPauseMillis, longest);
        nextPauseMillis = 2 * pauseMillis;
        orFailAll(() -> timer = loop.schedule(this::ask, pauseMillis, TimeUnit.MILLISECONDS));
    }

    /** Fails all who wait if a step fails: the loop shuts down, or there is no memory. Otherwise they would wait for ever. */
    private void orFailAll(Runnable step) {
        try {
            step.run();
        } catch (Throwable t) {
            asked = null;
            end();
            List.copyOf(waiting).forEach(client -> client.fail(t));
        }
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void ask() {
        cancelTimer();
        state = State.ASKING;
        orFailAll(this::askForFirst);
    }

    /** Opens the pipe for one client after the other, until an answer concerns all or comes later. */
    private void askForFirst() {
        while (state == State.ASKING) {
            if (waiting.isEmpty()) {
                end();
                return;
            }
            ConnectAttempt first = waiting.iterator().next();
            if (server.isLocal()) {
                answered(first, first.open());
            } else {
                askLater(first);
                return;
            }
        }
    }

    private void askLater(ConnectAttempt first) {
        asked = first;
        boolean started = first.openRemote(outcome -> {
            asked = null;
            orFailAll(() -> {
                answered(first, outcome);
                askForFirst();
            });
        });
        if (!started) {
            // All threads for remote pipes are taken.
            asked = null;
            pause();
        }
    }

    private void answered(ConnectAttempt first, PipeOpen.Outcome outcome) {
        int code = outcome.code();
        if (PipeOpen.concernsName(code)) {
            lastCode = code;
            pause();
            first.willAskAgain(code, pauseMillis);
            List.copyOf(waiting).forEach(client -> client.answered(code));
        } else {
            nextPauseMillis = SHORTEST_PAUSE;
            waiting.remove(first);
            first.opened(outcome);
        }
    }

    private void end() {
        cancelTimer();
        state = State.EMPTY;
        lines.remove(server);
    }
}
