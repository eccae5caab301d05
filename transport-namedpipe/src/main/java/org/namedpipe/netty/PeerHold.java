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

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The messages and events that one filter at one place of a pipeline holds back while its {@link PeerGate} is shut: what later handlers write, and
 * what comes in for them. On the channel's event loop.
 */
final class PeerHold {
    private enum Active {
        /** No {@code channelActive} has come here. */
        NOT_SEEN,
        HELD,
        PASSED
    }

    private enum Kind {
        READ,
        READ_COMPLETE,
        USER_EVENT,
        EXCEPTION
    }

    private record Inbound(Kind kind, @Nullable Object what) {}

    /** A message that is held back; a flush has neither message nor promise. */
    private record Outbound(
            @Nullable Object message, @Nullable ChannelPromise promise, int size) {
        static final Outbound FLUSH = new Outbound(null, null, 0);
    }

    private static final int MAX_BEFORE_EXCEPTION = 64;

    private final PeerGate gate;
    private final AbstractNamedPipePeerFilter filter;
    private final ChannelHandlerContext ctx;
    private final Deque<Outbound> outbound = new ArrayDeque<>();
    private final Deque<Inbound> inbound = new ArrayDeque<>();
    private Active active = Active.NOT_SEEN;
    private boolean writesPass;
    private boolean accepted;

    PeerHold(PeerGate gate, AbstractNamedPipePeerFilter filter, ChannelHandlerContext ctx) {
        this.gate = gate;
        this.filter = filter;
        this.ctx = ctx;
    }

    PeerGate gate() {
        return gate;
    }

    AbstractNamedPipePeerFilter filter() {
        return filter;
    }

    ChannelHandlerContext ctx() {
        return ctx;
    }

    boolean isAccepted() {
        return accepted;
    }

    void accepted() {
        accepted = true;
    }

    // ---- outbound

    void write(Object message, ChannelPromise promise) {
        if (writesPass || gate.writesPass()) {
            ctx.write(message, promise);
            return;
        }
        int size = gate.heldBytes().sizeOf(message);
        Throwable refusal = gate.refusal(size);
        if (refusal == null) {
            outbound.add(new Outbound(message, promise, size));
            gate.heldBytes().add(size);
        } else {
            ReferenceCountUtil.safeRelease(message);
            promise.tryFailure(refusal);
        }
    }

    void flush() {
        if (writesPass || gate.flushesPass()) {
            ctx.flush();
        } else {
            Outbound last = outbound.peekLast();
            if (last == null || last.message != null) {
                outbound.add(Outbound.FLUSH);
            }
        }
    }

    /** Sends on what was written, in its order; later writes pass. */
    void releaseWrites() {
        sendWrites();
        writesPass = true;
    }

    /** Sends on what was written, in its order. What is written meanwhile goes to the end of the queue. */
    void sendWrites() {
        for (Outbound next = outbound.poll(); next != null; next = outbound.poll()) {
            Object message = next.message;
            ChannelPromise promise = next.promise;
            if (message == null || promise == null) {
                ctx.flush();
            } else {
                gate.heldBytes().add(-next.size);
                ctx.write(message, promise);
            }
        }
    }

    void failWrites(Throwable cause) {
        for (Outbound next = outbound.poll(); next != null; next = outbound.poll()) {
            ChannelPromise promise = next.promise;
            if (promise != null) {
                gate.heldBytes().add(-next.size);
                ReferenceCountUtil.safeRelease(next.message);
                promise.tryFailure(cause);
            }
        }
    }

    // ---- inbound

    /** Takes in {@code channelActive}. */
    void holdActive() {
        active = Active.HELD;
    }

    void fireActive() {
        active = Active.PASSED;
        ctx.fireChannelActive();
    }

    /** Returns whether later handlers have not seen the channel active. */
    boolean holdsActive() {
        return active == Active.HELD;
    }

    /** Returns whether what comes in is to be held: it is, or comes behind, what the filters have read. */
    boolean holdsReads() {
        return gate.holdsReads() || !inbound.isEmpty();
    }

    boolean holdsInbound() {
        return !inbound.isEmpty();
    }

    void holdRead(Object message) {
        inbound.add(new Inbound(Kind.READ, message));
    }

    void holdReadComplete() {
        inbound.add(new Inbound(Kind.READ_COMPLETE, null));
    }

    void holdUserEvent(Object event) {
        inbound.add(new Inbound(Kind.USER_EVENT, event));
    }

    /** A client may cause any number of exceptions with one read; the first ones are enough. */
    void holdException(Throwable cause) {
        if (inbound.size() < MAX_BEFORE_EXCEPTION) {
            inbound.add(new Inbound(Kind.EXCEPTION, cause));
        }
    }

    /** Sends on what was read, and what came after it. @return whether anything was read */
    boolean releaseInbound() {
        boolean read = false;
        for (Inbound next = inbound.poll(); next != null; next = inbound.poll()) {
            Object what = next.what;
            read |= next.kind == Kind.READ;
            switch (next.kind) {
                case READ -> ctx.fireChannelRead(what);
                case READ_COMPLETE -> ctx.fireChannelReadComplete();
                case USER_EVENT -> ctx.fireUserEventTriggered(what);
                case EXCEPTION -> ctx.fireExceptionCaught((Throwable) what);
            }
        }
        return read;
    }

    void dropInbound() {
        for (Inbound next = inbound.poll(); next != null; next = inbound.poll()) {
            ReferenceCountUtil.safeRelease(next.what);
        }
    }

    /** The filter has left the pipeline undecided: what it held goes on as if the filter had never been there. */
    void passOn() {
        releaseWrites();
        if (active == Active.HELD) {
            fireActive();
        }
        releaseInbound();
    }
}
