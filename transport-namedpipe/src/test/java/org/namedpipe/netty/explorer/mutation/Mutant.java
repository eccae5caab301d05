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

import static org.namedpipe.netty.explorer.mutation.Instructions.FIRST_ARGUMENT;
import static org.namedpipe.netty.explorer.mutation.Instructions.THIS;
import static org.namedpipe.netty.explorer.mutation.Instructions.call;
import static org.namedpipe.netty.explorer.mutation.Instructions.callInterface;
import static org.namedpipe.netty.explorer.mutation.Instructions.callStatic;
import static org.namedpipe.netty.explorer.mutation.Instructions.field;
import static org.namedpipe.netty.explorer.mutation.Instructions.plain;
import static org.namedpipe.netty.explorer.mutation.Rewrite.after;
import static org.namedpipe.netty.explorer.mutation.Rewrite.afterField;
import static org.namedpipe.netty.explorer.mutation.Rewrite.atStart;
import static org.namedpipe.netty.explorer.mutation.Rewrite.constant;
import static org.namedpipe.netty.explorer.mutation.Rewrite.insteadOf;
import static org.namedpipe.netty.explorer.mutation.Rewrite.result;
import static org.namedpipe.netty.explorer.mutation.Rewrite.withoutCase;

import java.util.List;
import org.namedpipe.netty.internal.win32.Overlapped;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.objectweb.asm.Opcodes;

/** The defects that the explorer must find, as edits of the transport's class files. */
@SuppressWarnings("ImmutableEnumChecker") // the list cannot be changed, and edits have no state
enum Mutant {
    /** Releases the buffer of a read when it cancels the read, while the kernel may still write to the buffer. */
    READ_BUFFER_FREED_ON_CANCEL(edit(
            "PipeReader",
            "close",
            after(
                    "cancel",
                    THIS.then(field("PipeReader", "operation", "ReadOperation"))
                            .then(call("ReadOperation", "releaseBuffer", "()V"))))),

    /** Releases the buffer of a write when it cancels the write. */
    WRITE_BUFFER_FREED_ON_CANCEL(
            edit("PipeWriter", "cancel", after("cancel", THIS.then(call("PipeWriter", "releaseBatch", "()V"))))),

    /** Cancels the outstanding read when auto-read is switched off. */
    CANCELLED_TO_PAUSE(edit(
            "PipeReader",
            "pause",
            atStart(THIS.then(field("PipeReader", "operation", "ReadOperation"))
                    .then(call("ReadOperation", "cancel", "()V"))))),

    /** Ignores that auto-read was switched off. */
    PAUSE_FORGOTTEN(edit(
            "PipeReader",
            "pause",
            afterField(
                    Opcodes.PUTFIELD,
                    "requested",
                    THIS.then(plain(Opcodes.ICONST_1))
                            .then(method -> method.visitFieldInsn(
                                    Opcodes.PUTFIELD, Instructions.TRANSPORT + "PipeReader", "requested", "Z"))))),

    /** A pause on another thread discards the read request of a later resume. */
    PAUSE_AFTER_RESUME(edit(
            "AbstractNamedPipeChannel",
            "pauseUnlessResumed",
            after("isAutoRead", plain(Opcodes.POP, Opcodes.ICONST_0)))),

    /** Does not fire channelReadComplete. */
    READ_COMPLETE_MISSED(edit("PipeReader", "readLoop", insteadOf("fireChannelReadComplete", method -> {}))),

    /** Removes a message from the outbound buffer when its write is submitted instead of completed. */
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
                    afterField(Opcodes.GETFIELD, "source", plain(Opcodes.POP, Opcodes.ACONST_NULL)))),

    /** Does not write messages that were flushed while a write was outstanding. */
    FLUSH_FORGOTTEN(edit("PipeWriter", "completed", insteadOf("flushNow", plain(Opcodes.POP)))),

    /** Removes the messages of a batch by Netty's method, which fails if a listener closes the channel. */
    LISTENER_MUST_NOT_CLOSE(edit(
            "PipeWriter",
            "written",
            insteadOf(
                    "removeBytes",
                    plain(Opcodes.I2L).then(call("io/netty/channel/ChannelOutboundBuffer", "removeBytes", "(J)V"))))),

    /** Clears the wake-up flag after the check for tasks. */
    WAKEUP_CLEARED_LATE(
            edit("iocp/LoopWait", "endByPacket", insteadOf("consumed", plain(Opcodes.POP))),
            edit(
                    "iocp/LoopWait",
                    "poll",
                    after(
                            "canBlock",
                            THIS.then(field("iocp/LoopWait", "wakeup", "iocp/Wakeup"))
                                    .then(call("iocp/Wakeup", "consumed", "()V"))))),

    /** Cancels the handler's registration instead of the loop's. */
    WRONG_REGISTRATION_CANCELLED(edit(
            "AbstractNamedPipeChannel$PipeUnsafe",
            "handle",
            insteadOf(
                    "release",
                    plain(Opcodes.POP)
                            .then(FIRST_ARGUMENT)
                            .then(callInterface("io/netty/channel/IoRegistration", "cancel", "()Z"))
                            .then(plain(Opcodes.POP))))),

    /** Releases the OVERLAPPED when it cancels the operation, before the packet is dequeued. */
    SLOT_RELEASED_BEFORE_PACKET(edit(
            "iocp/PendingOperations",
            "cancel",
            atStart(THIS.then(field("iocp/PendingOperations", "slab", "iocp/OverlappedSlab"))
                    .then(method -> method.visitVarInsn(Opcodes.ILOAD, 3))
                    .then(call("iocp/OverlappedSlab", "release", "(I)V"))))),

    /** Drops data that was read without a request. */
    PARKED_DATA_LOST(edit("PipeReader", "deliverWhileWanted", constant("PARKED", "IDLE"))),

    /** Fires channelRead twice for the same data. */
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

    /** Reads without a request. */
    READ_AHEAD(edit(
            "PipeReader", "readLoop", afterField(Opcodes.GETFIELD, "requested", plain(Opcodes.POP, Opcodes.ICONST_1)))),

    /** Disconnects on close, which discards data that the peer has not read. */
    DISCONNECTED_ON_CLOSE(edit(
            "PipeHandle",
            "close",
            insteadOf(
                    "closeHandle",
                    callStatic(
                            "explorer/mutation/Substitutes",
                            "disconnectAndClose",
                            "(Lorg/namedpipe/netty/internal/win32/Kernel;J)I")))),

    /** Closes a handle while a thread flushes it. */
    HANDLE_CLOSED_UNDER_FLUSH(
            edit("PipeHandle", "close", insteadOf("takeOver", plain(Opcodes.POP2, Opcodes.POP, Opcodes.ICONST_0)))),

    /** Delivers the end of input as a message too. */
    END_OF_INPUT_IS_A_MESSAGE(edit("PipeShutdown", "endOfInput", result(false))),

    /** Fails if a client has connected and closed before ConnectNamedPipe. */
    ABORTED_ACCEPT_IS_AN_ERROR(edit("PipeInstance", "ended", withoutCase(Win32Error.ERROR_NO_DATA))),

    /** Fails if a client has connected before ConnectNamedPipe. */
    EARLY_CLIENT_IS_AN_ERROR(edit("PipeInstance", "ended", withoutCase(Win32Error.ERROR_PIPE_CONNECTED))),

    /** Creates the replacement after it has fired the accepted channel. */
    REPLACEMENT_AFTER_ACCEPT(
            edit("PipeListener", "deliver", insteadOf("fill", plain(Opcodes.POP2, Opcodes.ACONST_NULL))),
            edit(
                    "PipeListener",
                    "deliver",
                    after("fireChannelReadComplete", THIS.then(call("PipeListener", "refill", "()V"))))),

    /** Completes an operation by the packet of its event, without a check of the OVERLAPPED. */
    HINT_TRUSTED(edit("iocp/PendingOperations", "endByPacket", after("status", plain(Opcodes.POP, Opcodes.ICONST_0)))),

    /** Does not wait again after a packet of an event that did not end the operation. */
    WAIT_NOT_RENEWED(edit(
            "iocp/PendingOperations",
            "endByPacket",
            insteadOf(
                    "waitAnew",
                    plain(Opcodes.POP2)
                            .then(method -> method.visitIntInsn(Opcodes.SIPUSH, Overlapped.STATUS_PENDING))))),

    /** Forgets that the second read of a large frame is under way. */
    SECOND_READ_FORGOTTEN(edit(
            "ReadOperation", "submit", afterField(Opcodes.GETFIELD, "ahead", plain(Opcodes.POP, Opcodes.ICONST_0)))),

    /** Treats the end of the stream as an error. */
    END_IS_AN_EXCEPTION(edit("EndCodes", "isEndOfInput", result(false))),

    /** Closes the channel when a write fails because the peer is gone, and loses the peer's data. */
    PEER_GONE_LOSES_DATA(edit("PipeWriter", "outlives", result(false))),

    /** Keeps a connect attempt in the waiting line after the channel is closed. */
    RETRY_AFTER_CLOSE(
            edit("ConnectAttempt", "stopTrying", insteadOf("leave", plain(Opcodes.POP2))),
            edit("ConnectAttempt", "isCurrent", result(true)));

    /** A rewrite of a method. */
    record Edit(String className, String method, Rewrite rewrite) {}

    private final List<Edit> edits;

    Mutant(Edit... edits) {
        this.edits = List.of(edits);
    }

    static Edit edit(String className, String method, Rewrite rewrite) {
        return new Edit((Instructions.TRANSPORT + className).replace('/', '.'), method, rewrite);
    }

    List<Edit> edits() {
        return edits;
    }
}
