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
package org.namedpipe.netty.testkit;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Counts, records, conditions and assertions of the {@link SimulatedKernel}. */
abstract class SimulatedChecks extends SimulatedNetworkCalls {
    private static final long PATIENCE_SECONDS = 600;

    SimulatedChecks(boolean manualCallbacks) {
        super(manualCallbacks);
    }

    // ---- one handle

    /** Returns the handle of the other end of a pipe, or 0 if the other end does not exist or is closed. */
    public long peerOf(long handle) {
        return locked(() -> {
            SimulatedPipeEnd peer = handles.peek(handle) instanceof SimulatedPipeEnd end ? end.peer() : null;
            return peer == null ? 0 : peer.handle();
        });
    }

    /** Returns true if {@code FlushFileBuffers} of this handle would wait for the peer to read. */
    public boolean flushWouldBlock(long handle) {
        return locked(() -> handles.peek(handle) instanceof SimulatedPipeEnd end && end.flushWouldBlock());
    }

    /** Returns true if an operation of this kind is pending on a handle. */
    public boolean isPending(OperationKind kind, long handle) {
        return locked(
                () -> !io.pending(op -> op.kind == kind && op.handle == handle).isEmpty());
    }

    // ---- errors of the caller

    /** Returns the wrong uses of memory that the kernel owns, and the calls that would block. */
    List<String> violations() {
        return locked(() -> {
            memory.verifyAll();
            return memory.violations();
        });
    }

    /** Returns the uses of handles that were closed or of another kind, oldest first. */
    public List<String> invalidHandleUses() {
        return locked(handles::invalidUses);
    }

    // ---- counts

    /** Returns the number of open handles. */
    public int openHandles() {
        return locked(() -> handles.objects().size());
    }

    /** Returns each open handle and a description of its object, for the message of an assertion. */
    public List<String> describeOpenHandles() {
        return locked(handles::describe);
    }

    /** Returns the number of operations that pend, or whose completion is held or delayed. */
    public int pendingOperations() {
        return locked(io::undelivered);
    }

    /** Returns the number of packets in the queues of all open ports. */
    public int queuedPackets() {
        return locked(() -> ports().mapToInt(SimulatedPort::size).sum());
    }

    int waitingThreads() {
        return locked(() -> ports().mapToInt(SimulatedPort::waiting).sum());
    }

    /**
     * Returns the number of {@code OVERLAPPED} structures that the kernel owns: their operations pend, or their packets are
     * not dequeued.
     */
    public int lentMemory() {
        return locked(memory::loans);
    }

    /** Returns the number of registered waits. */
    public int openWaits() {
        return locked(waits::size);
    }

    int dueCallbacks() {
        return locked(waits::due);
    }

    /** Returns the number of security descriptors that are not freed. */
    public int openSecurityDescriptors() {
        return locked(descriptors::size);
    }

    // ---- records

    /**
     * Returns how many times a Windows call was made since the kernel was created or {@link #resetCalls()} was called.
     *
     * @param call the name of the call, such as {@code "ReadFile"}
     * @throws IllegalArgumentException if the kernel has no call of this name
     */
    public long calls(String call) {
        return locked(() -> calls.getOrDefault(checkedName(call), 0L));
    }

    /** Sets the counts of {@link #calls} to 0. */
    public void resetCalls() {
        change(calls::clear);
    }

    /** Returns the instances of a pipe that were created, oldest first, including closed ones. */
    public List<CreatedInstance> instances(String path) {
        return locked(() -> instances.stream()
                .filter(instance -> same(instance.path(), path))
                .toList());
    }

    /** Returns the attempts to open a client end of a pipe, oldest first, including failed ones. */
    public List<ClientOpen> opens(String path) {
        return locked(
                () -> opens.stream().filter(open -> same(open.path(), path)).toList());
    }

    // ---- waiting

    /**
     * Waits at most 600 seconds until a condition is true. Evaluates the condition on the calling thread after each call that
     * any thread makes. The condition may use this kernel; no other thread does so meanwhile.
     *
     * @param what the condition in words, for the message of the error
     * @throws AssertionError if the condition is still false after this time, or if the thread is interrupted
     */
    public void await(String what, BooleanSupplier condition) {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (!condition.getAsBoolean()) {
                left = activity.awaitNanos(left);
                if (left <= 0) {
                    throw new AssertionError("not within " + PATIENCE_SECONDS + " seconds: " + what);
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while waiting until " + what, e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until event loops are idle: {@code threads} threads wait for packets, no packet is queued, and no callback is due
     * or running.
     *
     * @throws AssertionError after 600 seconds, or if the thread is interrupted
     */
    public void awaitIdle(int threads) {
        await(threads + " threads wait", () -> waitingThreads() == threads && queuedPackets() == 0 && waits.isIdle());
    }

    // ---- assertions

    /**
     * Waits until no call over the network is in progress, and fails if a handle is open, an operation is pending, a wait is
     * registered, a security descriptor is not freed, the kernel owns an {@code OVERLAPPED}, or the caller made an error.
     *
     * @throws AssertionError if one of these is so; its message lists what is left
     */
    public void assertAllGone() {
        await("no call over the network is in progress", this::isNetworkIdle);
        assertNothingWrong();
        assertNone("open handles", describeOpenHandles());
        assertZero("pending operations", pendingOperations());
        assertZero("OVERLAPPED structures that belong to the kernel", lentMemory());
        assertZero("registered waits", openWaits());
        assertZero("security descriptors", openSecurityDescriptors());
    }

    /**
     * Fails if the caller made an error, such as a use of a closed handle or of memory that the kernel owns.
     *
     * @throws AssertionError if there was an error; its message lists all
     */
    public void assertNothingWrong() {
        assertNone("violations", violations());
        assertNone("uses of invalid handles", invalidHandleUses());
    }

    private static void assertNone(String what, List<String> found) {
        if (!found.isEmpty()) {
            throw new AssertionError(what + ": " + found);
        }
    }

    private static void assertZero(String what, int count) {
        if (count != 0) {
            throw new AssertionError(what + ": " + count);
        }
    }

    private Stream<SimulatedPort> ports() {
        return handles.objects().stream()
                .filter(SimulatedPort.class::isInstance)
                .map(SimulatedPort.class::cast);
    }

    private static boolean same(String path, String other) {
        return path.toUpperCase(Locale.ROOT).equals(other.toUpperCase(Locale.ROOT));
    }

    final void change(Runnable body) {
        lock.lock();
        try {
            body.run();
        } finally {
            lock.unlock();
        }
    }

    final <T> T locked(Supplier<T> body) {
        lock.lock();
        try {
            return body.get();
        } finally {
            lock.unlock();
        }
    }
}
