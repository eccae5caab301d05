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
package org.namedpipe.netty.explorer.mutation;

import static org.namedpipe.netty.explorer.mutation.Change.after;
import static org.namedpipe.netty.explorer.mutation.Change.afterField;
import static org.namedpipe.netty.explorer.mutation.Change.atStart;
import static org.namedpipe.netty.explorer.mutation.Change.constant;
import static org.namedpipe.netty.explorer.mutation.Change.insteadOf;
import static org.namedpipe.netty.explorer.mutation.Change.result;
import static org.namedpipe.netty.explorer.mutation.Change.withoutCase;
import static org.namedpipe.netty.explorer.mutation.Codes.FIRST_ARGUMENT;
import static org.namedpipe.netty.explorer.mutation.Codes.THIS;
import static org.namedpipe.netty.explorer.mutation.Codes.call;
import static org.namedpipe.netty.explorer.mutation.Codes.callInterface;
import static org.namedpipe.netty.explorer.mutation.Codes.callStatic;
import static org.namedpipe.netty.explorer.mutation.Codes.field;
import static org.namedpipe.netty.explorer.mutation.Codes.plain;

import java.util.List;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.objectweb.asm.Opcodes;

/** Defects to be found, and the instructions that make them. */
@SuppressWarnings("ImmutableEnumChecker") // the list cannot be changed, and edits have no state
enum Mutant {
    /** The buffer of a read is given back when the read is cancelled, though the kernel may still write to it. */
    READ_BUFFER_FREED_ON_CANCEL(edit(
            "PipeReader",
            "close",
            after(
                    "cancel",
                    THIS.then(field("PipeReader", "operation", "ReadOperation"))
                            .then(call("ReadOperation", "releaseBuffer", "()V"))))),

    /** The same for a write. */
    WRITE_BUFFER_FREED_ON_CANCEL(
            edit("PipeWriter", "cancel", after("cancel", THIS.then(call("PipeWriter", "releaseBatch", "()V"))))),

    /** Switching auto-read off cancels the read under way. */
    CANCELLED_TO_PAUSE(edit(
            "PipeReader",
            "pause",
            atStart(THIS.then(field("PipeReader", "operation", "ReadOperation"))
                    .then(call("ReadOperation", "cancel", "()V"))))),

    /** Switching auto-read off changes nothing about what was asked for. */
    PAUSE_FORGOTTEN(edit(
            "PipeReader",
            "pause",
            afterField(
                    Opcodes.PUTFIELD,
                    "requested",
                    THIS.then(plain(Opcodes.ICONST_1))
                            .then(method -> method.visitFieldInsn(
                                    Opcodes.PUTFIELD, Codes.TRANSPORT + "PipeReader", "requested", "Z"))))),

    /** A pause of another thread takes back the read of a resume that came after it. */
    PAUSE_AFTER_RESUME(edit(
            "AbstractNamedPipeChannel",
            "pauseUnlessResumed",
            after("isAutoRead", plain(Opcodes.POP).then(plain(Opcodes.ICONST_0))))),

    READ_COMPLETE_MISSED(edit("PipeReader", "readLoop", insteadOf("fireChannelReadComplete", method -> {}))),

    /** A message leaves the outbound buffer when its write is submitted, not when it has ended. */
    PROMISE_BEFORE_COMPLETION(
            edit(
                    "PipeWriter",
                    "writeFlushed",
                    afterField(
                            Opcodes.PUTFIELD,
                            "state",
                            FIRST_ARGUMENT
                                    .then(THIS)
                                    .then(field("PipeWriter", "ops", "iocp/IocpIoOps"))
                                    .then(call("iocp/IocpIoOps", "length", "()I"))
                                    .then(callStatic(
                                            "PipeWriter",
                                            "removeBytes",
                                            "(Lio/netty/channel/ChannelOutboundBuffer;I)V")))),
            edit(
                    "PipeWriter",
                    "completed",
                    afterField(Opcodes.GETFIELD, "source", plain(Opcodes.POP).then(plain(Opcodes.ACONST_NULL))))),

    /** What was flushed while a write was under way is not written when that has ended. */
    FLUSH_FORGOTTEN(edit("PipeWriter", "completed", insteadOf("flushNow", plain(Opcodes.POP)))),

    /** Netty's own loop over a batch, which takes it for a mistake that a listener closes the channel. */
    LISTENER_MUST_NOT_CLOSE(edit(
            "PipeWriter",
            "written",
            insteadOf(
                    "removeBytes",
                    plain(Opcodes.I2L).then(call("io/netty/channel/ChannelOutboundBuffer", "removeBytes", "(J)V"))))),

    /** The flag of the wake-up is cleared before the next wait, but after the look at the tasks. */
    WAKEUP_CLEARED_LATE(
            edit("iocp/IocpIoHandler", "wokenUp", insteadOf("consumed", plain(Opcodes.POP))),
            edit(
                    "iocp/IocpIoHandler",
                    "run",
                    after(
                            "canBlock",
                            THIS.then(field("iocp/IocpIoHandler", "wakeup", "iocp/Wakeup"))
                                    .then(call("iocp/Wakeup", "consumed", "()V"))))),

    /** The handler's registration is cancelled, not the one the loop gave out and counts. */
    WRONG_REGISTRATION_CANCELLED(edit(
            "AbstractNamedPipeChannel$PipeUnsafe",
            "handle",
            insteadOf(
                    "release",
                    plain(Opcodes.POP)
                            .then(FIRST_ARGUMENT)
                            .then(callInterface("io/netty/channel/IoRegistration", "cancel", "()Z"))
                            .then(plain(Opcodes.POP))))),

    /** An OVERLAPPED is free for others as soon as its operation is cancelled. */
    SLOT_RELEASED_BEFORE_PACKET(edit(
            "iocp/PendingOperations",
            "cancel",
            atStart(THIS.then(field("iocp/PendingOperations", "slab", "iocp/OverlappedSlab"))
                    .then(method -> method.visitVarInsn(Opcodes.ILOAD, 3))
                    .then(call("iocp/OverlappedSlab", "release", "(I)V"))))),

    /** What was read while nobody asked is dropped. */
    PARKED_DATA_LOST(edit("PipeReader", "deliverWhileWanted", constant("PARKED", "IDLE"))),

    DELIVERED_TWICE(edit(
            "InboundDelivery",
            "bytes",
            insteadOf(
                    "fireChannelRead",
                    callStatic(
                            "explorer/mutation/Substitutes",
                            "deliverTwice",
                            "(Lio/netty/channel/ChannelPipeline;Ljava/lang/Object;)"
                                    + "Lio/netty/channel/ChannelInboundInvoker;")))),

    /** Reads on whether or not anybody asks. */
    READ_AHEAD(edit(
            "PipeReader",
            "readLoop",
            afterField(Opcodes.GETFIELD, "requested", plain(Opcodes.POP).then(plain(Opcodes.ICONST_1))))),

    /** Throws away what the peer has not read yet. */
    DISCONNECTED_ON_CLOSE(edit(
            "PipeHandle",
            "close",
            insteadOf(
                    "closeHandle",
                    callStatic(
                            "explorer/mutation/Substitutes",
                            "disconnectAndClose",
                            "(Lorg/namedpipe/netty/internal/win32/Kernel;J)I")))),

    /** A handle is closed while a thread waits in a call with it. */
    HANDLE_CLOSED_UNDER_FLUSH(edit(
            "PipeHandle",
            "close",
            insteadOf("takeOver", plain(Opcodes.POP2).then(plain(Opcodes.POP)).then(plain(Opcodes.ICONST_0))))),

    /** The end of the peer's output is fired, and delivered as a message too. */
    END_OF_INPUT_IS_A_MESSAGE(edit("PipeShutdown", "endOfInput", result(false))),

    /** A client that came and went before it was noticed is an error. */
    CAME_AND_WENT_IS_AN_ERROR(edit("PipeInstance", "ended", withoutCase(Win32Error.ERROR_NO_DATA))),

    /** A client that came before it was waited for is an error. */
    CAME_EARLY_IS_AN_ERROR(edit("PipeInstance", "ended", withoutCase(Win32Error.ERROR_PIPE_CONNECTED))),

    /** The place of an accepted instance is taken only after it was handed over. */
    PLACE_TAKEN_AFTER_PUBLISHING(
            edit(
                    "PipeListener",
                    "deliver",
                    insteadOf("fill", plain(Opcodes.POP2).then(plain(Opcodes.ACONST_NULL)))),
            edit(
                    "PipeListener",
                    "deliver",
                    after("fireChannelReadComplete", THIS.then(call("PipeListener", "refill", "()V"))))),

    /** The packet of an event is taken for the end of its operation. */
    HINT_TRUSTED(edit(
            "iocp/PendingOperations",
            "endByPacket",
            after("status", plain(Opcodes.POP).then(plain(Opcodes.ICONST_0))))),

    /** The end of the stream is an error. */
    END_IS_AN_EXCEPTION(edit("EndCodes", "isEndOfInput", result(false))),

    /** A write that fails since the peer is gone closes the channel, and what the peer wrote before is lost. */
    PEER_GONE_LOSES_WHAT_IT_WROTE(edit("PipeWriter", "outlives", result(false))),

    /** A client keeps its place in the line after it was given up. */
    RETRY_AFTER_CLOSE(
            edit("ConnectAttempt", "stopTrying", insteadOf("leave", plain(Opcodes.POP2))),
            edit("ConnectAttempt", "isCurrent", result(true)));

    /** A change to a method of a class. */
    record Edit(String className, String method, Change change) {}

    private final List<Edit> edits;

    Mutant(Edit... edits) {
        this.edits = List.of(edits);
    }

    static Edit edit(String className, String method, Change change) {
        return new Edit((Codes.TRANSPORT + className).replace('/', '.'), method, change);
    }

    List<Edit> edits() {
        return edits;
    }
}
