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

import io.netty.channel.Channel;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.iocp.IocpContext;

/** The registration of a channel with an event loop, until its last operation has ended. Confined to that loop. */
final class LoopRegistration {
    private enum State {
        /** Without an event loop: what is asked for has to wait. */
        NONE,
        ATTACHED,
        /** Deregistered, with operations under way that end on the loop it is leaving. */
        LEAVING
    }

    private final Channel channel;
    private State state = State.NONE;
    /** The registration that the event loop counts; the handler's own is behind it. */
    private @Nullable IoRegistration registration;

    private @Nullable IocpContext iocp;
    private @Nullable IoEventLoop loop;

    /** @param channel for messages */
    LoopRegistration(Channel channel) {
        this.channel = channel;
    }

    /** Takes over what the event loop has returned. */
    void registered(IoRegistration registered, IoEventLoop registeredTo) {
        registration = registered;
        iocp = registered.attachment();
        loop = registeredTo;
    }

    /** The channel can use the registration from now on. */
    void attach() {
        state = State.ATTACHED;
    }

    /** The channel leaves its event loop. */
    void leave() {
        if (state == State.ATTACHED) {
            state = State.LEAVING;
        }
    }

    /** Cancels the registration, if there is one. No operation may be under way. */
    void release() {
        IoRegistration released = registration;
        if (released != null) {
            state = State.NONE;
            registration = null;
            iocp = null;
            loop = null;
            released.cancel();
        }
    }

    /** Returns whether operations can be submitted. What is asked for while they cannot has to wait. */
    boolean isAttached() {
        return state == State.ATTACHED;
    }

    boolean isLeaving() {
        return state == State.LEAVING;
    }

    boolean isOf(IoEventLoop candidate) {
        return loop == candidate;
    }

    /** Returns the registration with the handler of the event loop, which takes operations. */
    IocpContext iocp() {
        IocpContext current = iocp;
        if (current == null) {
            throw new IllegalStateException(channel + " is not registered");
        }
        return current;
    }
}
