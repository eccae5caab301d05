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

/** Holds the events of one channel against the order in which they may come. */
final class EventOrder {
    private enum Stage {
        NEW,
        REGISTERED,
        ACTIVE,
        INACTIVE
    }

    private final String name;
    private final Journal journal;
    private Stage stage = Stage.NEW;
    private boolean registered;
    private @Nullable String within;
    /** Whether somebody has asked to read since the last read began. */
    private boolean requested;
    /** Whether a channelRead was not followed by a channelReadComplete yet. */
    private boolean reading;

    EventOrder(String name, Journal journal) {
        this.name = name;
        this.journal = journal;
    }

    /** Handles one event, during which no other may come. */
    void during(String event, Runnable handling) {
        journal.note(() -> name + ": " + event);
        if (within != null) {
            journal.violation(name + ": " + event + " within " + within);
        }
        within = event;
        try {
            handling.run();
        } finally {
            within = null;
        }
    }

    void registered(boolean autoRead) {
        require(!registered, "channelRegistered, but it was");
        registered = true;
        if (stage == Stage.NEW) {
            stage = Stage.REGISTERED;
        } else if (autoRead && stage == Stage.ACTIVE) {
            // Netty asks by itself, past the pipeline.
            requested = true;
        }
    }

    void active() {
        require(registered && stage == Stage.REGISTERED, "channelActive in stage " + stage);
        stage = Stage.ACTIVE;
    }

    void read(boolean autoRead) {
        require(registered && stage == Stage.ACTIVE, "channelRead in stage " + stage);
        require(requested || (reading && autoRead), "channelRead that nobody asked for");
        requested = false;
        reading = true;
    }

    /** What was asked for has come in another way than by a channelRead. */
    void fulfilled() {
        requested = false;
    }

    void readComplete() {
        require(registered && stage == Stage.ACTIVE, "channelReadComplete in stage " + stage);
        reading = false;
    }

    void inactive() {
        require(stage == Stage.ACTIVE, "channelInactive in stage " + stage);
        require(!reading, "channelInactive without channelReadComplete");
        stage = Stage.INACTIVE;
    }

    void unregistered() {
        require(registered, "channelUnregistered, but it was not registered");
        registered = false;
    }

    /** The application asks to read. */
    void requested() {
        requested = true;
    }

    /** Auto-read was switched off, and the channel has noticed. */
    void revoked() {
        requested = false;
    }

    /** A read is issued. */
    void issued(boolean autoRead) {
        require(requested || (reading && autoRead), "ReadFile that nobody asked for");
    }

    boolean isRequested() {
        return requested;
    }

    boolean isReading() {
        return reading;
    }

    boolean isActive() {
        return registered && stage == Stage.ACTIVE;
    }

    /** Whether nothing more can come. */
    boolean isOver() {
        return !registered && stage != Stage.ACTIVE;
    }

    boolean wasRegistered() {
        return stage != Stage.NEW;
    }

    boolean wasActive() {
        return stage == Stage.ACTIVE || stage == Stage.INACTIVE;
    }

    private void require(boolean legal, String event) {
        if (!legal) {
            journal.violation(name + ": " + event);
        }
    }

    @Override
    public String toString() {
        return name + " (" + stage + (registered ? ", registered" : "") + (requested ? ", read requested)" : ")");
    }
}
