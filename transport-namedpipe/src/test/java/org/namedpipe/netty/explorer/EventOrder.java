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
package org.namedpipe.netty.explorer;

import org.jspecify.annotations.Nullable;

/** Checks the order of the events of one channel. */
final class EventOrder {
    private enum State {
        NEW,
        REGISTERED,
        ACTIVE,
        INACTIVE
    }

    private final String name;
    private final Trace trace;
    private State state = State.NEW;
    private boolean registered;
    private @Nullable String current;
    /** True if a read was requested since the last channelRead. */
    private boolean requested;
    /** True between a channelRead and its channelReadComplete. */
    private boolean reading;

    EventOrder(String name, Trace trace) {
        this.name = name;
        this.trace = trace;
    }

    /** Handles an event, and checks that no other event is fired from within it. */
    void during(String event, Runnable handling) {
        trace.record(() -> name + ": " + event);
        if (current != null) {
            trace.violation(name + ": " + event + " within " + current);
        }
        current = event;
        try {
            handling.run();
        } finally {
            current = null;
        }
    }

    void registered(boolean autoRead) {
        require(!registered, "channelRegistered on a registered channel");
        registered = true;
        if (state == State.NEW) {
            state = State.REGISTERED;
        } else if (autoRead && state == State.ACTIVE) {
            // Netty requests this read itself, without the pipeline.
            requested = true;
        }
    }

    void active() {
        require(registered && state == State.REGISTERED, "channelActive in state " + state);
        state = State.ACTIVE;
    }

    void read(boolean autoRead) {
        require(registered && state == State.ACTIVE, "channelRead in state " + state);
        require(requested || (reading && autoRead), "channelRead without a request");
        requested = false;
        reading = true;
    }

    /** Records that an event other than channelRead has answered the request to read. */
    void answered() {
        requested = false;
    }

    void readComplete() {
        require(registered && state == State.ACTIVE, "channelReadComplete in state " + state);
        reading = false;
    }

    void inactive() {
        require(state == State.ACTIVE, "channelInactive in state " + state);
        require(!reading, "channelInactive without channelReadComplete");
        state = State.INACTIVE;
    }

    void unregistered() {
        require(registered, "channelUnregistered on a channel that is not registered");
        registered = false;
    }

    /** Records that the application has requested a read. */
    void requested() {
        requested = true;
    }

    /** Records that the channel has processed the end of auto-read. */
    void paused() {
        requested = false;
    }

    /** Checks that a {@code ReadFile} was requested. */
    void readFileCalled(boolean autoRead) {
        require(requested || (reading && autoRead), "ReadFile without a request");
    }

    boolean isRequested() {
        return requested;
    }

    boolean isReading() {
        return reading;
    }

    boolean isActive() {
        return registered && state == State.ACTIVE;
    }

    /** Returns whether no further event may follow. */
    boolean isOver() {
        return !registered && state != State.ACTIVE;
    }

    boolean wasRegistered() {
        return state != State.NEW;
    }

    boolean wasActive() {
        return state == State.ACTIVE || state == State.INACTIVE;
    }

    private void require(boolean legal, String event) {
        if (!legal) {
            trace.violation(name + ": " + event);
        }
    }

    @Override
    public String toString() {
        return name + " (" + state + (registered ? ", registered" : "") + (requested ? ", read requested)" : ")");
    }
}
