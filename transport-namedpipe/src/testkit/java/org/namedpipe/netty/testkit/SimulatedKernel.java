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

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Kernels;
import org.namedpipe.netty.iocp.IocpIoHandler;
import org.namedpipe.netty.iocp.IocpIoHandlerFactory;

/**
 * Windows for tests: a model of the named pipe file system, of completion ports, events and waits, on real off-heap
 * addresses. What it says is held against the real API by {@link KernelContract}; where Wine is more lenient than Windows it
 * sides with Windows.
 *
 * <p><strong>Checks.</strong> Ask these at the end of a test:
 *
 * <ul>
 *   <li>{@link #violations()} is empty: nobody touched memory the kernel owned, used an OVERLAPPED twice at a time, or
 *       called what would block. What can be blamed on the caller also throws an {@link AssertionError} there.
 *   <li>{@link #invalidHandleUses()} is empty: nobody used a closed handle. Handles are reused at once, lowest first, so
 *       stale ones hit somebody else's object.
 *   <li>{@link #openHandles()}, {@link #pendingOperations()}, {@link #queuedPackets()}, {@link #lentMemory()},
 *       {@link #openWaits()} and {@link #openSecurityDescriptors()} are back at 0. {@link #assertAllGone()} asks all this.
 * </ul>
 *
 * <p><strong>Order.</strong> {@link #scheduler()} holds, reorders and randomizes the ends of operations:
 *
 * <pre>{@code
 * try (Hold hold = kernel.scheduler().hold(OperationKind.READ)) {
 *     ...                     // reads end in the file system, their packets stay away
 *     hold.await(2);
 *     hold.releaseLast();
 * }                           // the rest is released
 * kernel.scheduler().randomize(seed);
 * kernel.scheduler().pendInstead(completion -> true);   // what would end at once comes by packet
 * }</pre>
 *
 * <p><strong>Faults.</strong> {@link #faults()} has calls fail, ends pending operations, denies access, runs code before a
 * call.
 *
 * <p><strong>What was asked.</strong> {@link #calls(String)} counts calls; {@link #instances(String)} and
 * {@link #opens(String)} say with what flags and descriptors pipes were created and opened.
 *
 * <p><strong>Waiting.</strong> {@link #await} waits for a condition that calls bring about, {@link #awaitIdle} for event
 * loops to run out of work; {@link SimulatedPeer} is the other end of a pipe in two lines.
 *
 * <p><strong>Threads.</strong> Any number. Nothing runs on a thread of the kernel but the callbacks of
 * {@link #registerWait}, and with {@link #withManualCallbacks()} those run in {@link #runCallbacks()}; then one thread can
 * drive everything, polling ports with a timeout of 0. An operation without port dies with its thread only when the test
 * says so by {@link #threadExited}.
 */
public final class SimulatedKernel extends SimulatedNetworkCalls {
    /** The user of {@link #SELF}. */
    public static final String USER_SID = "S-1-5-21-1-2-3-1001";

    /** The process that calls this kernel, unless through {@link #as}. */
    public static final SimulatedProcess SELF = SimulatedProcess.of(1000, USER_SID, "SIMULATED\\user");

    private static final long PATIENCE_SECONDS = 600;

    /** Peers whose operations may pend when nobody else knows them any more. */
    private final List<SimulatedPeer> peers = new ArrayList<>();

    private final boolean callbacksWhileWaiting;

    /** A kernel that runs the callbacks of waits on a thread of its own. */
    public SimulatedKernel() {
        super(false);
        callbacksWhileWaiting = false;
    }

    private SimulatedKernel(boolean callbacksWhileWaiting) {
        super(true);
        this.callbacksWhileWaiting = callbacksWhileWaiting;
    }

    /** A kernel without threads, whose test calls {@link #runCallbacks()}. */
    public static SimulatedKernel withManualCallbacks() {
        return new SimulatedKernel(false);
    }

    /** A kernel without threads, which runs callbacks in {@link #runCallbacks()} and while its caller waits for packets. */
    static SimulatedKernel forOneThread() {
        return new SimulatedKernel(true);
    }

    @Override
    public int getQueuedCompletionStatusEx(long port, long entries, int capacity, int timeoutMillis) {
        if (callbacksWhileWaiting && timeoutMillis != 0) {
            runCallbacks();
        }
        return super.getQueuedCompletionStatusEx(port, entries, capacity, timeoutMillis);
    }

    /** Returns a factory of handlers on this kernel, for the event loops of a test. */
    public IocpIoHandlerFactory newFactory() {
        return Kernels.on(this, IocpIoHandler::newFactory);
    }

    // ---- what a test changes

    /** Decides when ends of operations reach their callers. */
    public Scheduler scheduler() {
        return scheduler;
    }

    /** Makes things go wrong. */
    public Faults faults() {
        return faults;
    }

    /**
     * A message longer than the buffer of a read that finds it: {@code true} has the read say ERROR_IO_PENDING and post a
     * packet even in skip mode, as Windows 8 and later do; {@code false}, the default, has it say ERROR_MORE_DATA.
     */
    public void moreDataByPacket(boolean byPacket) {
        locked(() -> io.moreDataByPacket = byPacket);
    }

    /**
     * What becomes of writes that pend when their handle is closed: {@code true} leaves them with the peer until it reads
     * them or closes, and only then posts their packets, as the source of NPFS suggests; {@code false}, the default, ends
     * them at once and discards their bytes, as Wine does.
     */
    public void writesOutliveTheirHandle(boolean outlive) {
        locked(() -> writesOutliveTheirHandle = outlive);
    }

    /** Has {@code \\host\pipe\x} be {@code \\.\pipe\x} for clients; other hosts are ERROR_BAD_NETPATH. */
    public void addHost(String host) {
        locked(() -> {
            names.addHost(host);
            return host;
        });
    }

    /** The same kernel, as another process sees it: who it is depends on who calls. */
    public Kernel as(SimulatedProcess process) {
        locked(() -> {
            security.add(process);
            return process;
        });
        return (Kernel) Proxy.newProxyInstance(
                Kernel.class.getClassLoader(), new Class<?>[] {Kernel.class}, (self, call, arguments) -> {
                    SimulatedProcess before = security.setCaller(process);
                    try {
                        return call.invoke(this, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        security.setCaller(before);
                    }
                });
    }

    /** All waits that are registered fail with this code. */
    public void failWaits(int code) {
        locked(() -> {
            waits.failAll(code);
            return code;
        });
    }

    /** A process has ended, whatever it left open: its id is nobody's. */
    public void processExited(SimulatedProcess process) {
        locked(() -> {
            security.remove(process);
            return process;
        });
    }

    /** Sets the system's clock, by seconds forward or, if they are negative, back. */
    public void moveClock(long seconds) {
        locked(() -> {
            security.clock.move(seconds);
            return seconds;
        });
    }

    /** Whether the calling thread acts for a client. */
    public boolean isImpersonating() {
        return security.isImpersonating();
    }

    /** A thread has ended: what it issued on handles without port ends with STATUS_CANCELLED. */
    public void threadExited(Thread thread) {
        locked(() -> {
            io.threadExited(thread);
            return thread;
        });
    }

    /** Runs callbacks of waits on this thread until none is due; returns how many ran. */
    public int runCallbacks() {
        int ran = 0;
        while (waits.runOne()) {
            ran++;
        }
        return ran;
    }

    /** Runs the oldest callback that is due on this thread; false if there is none. */
    public boolean runCallback() {
        return waits.runOne();
    }

    // ---- what a test asks

    /** The handle of the other end of a pipe; 0 if there is none, or none any more. */
    public long peerOf(long handle) {
        return locked(() -> {
            SimulatedPipeEnd peer = handles.peek(handle) instanceof SimulatedPipeEnd end ? end.peer() : null;
            return peer == null ? 0 : peer.handle();
        });
    }

    /** Whether FlushFileBuffers would wait for the peer of this end to read. */
    public boolean flushWouldBlock(long handle) {
        return locked(() -> handles.peek(handle) instanceof SimulatedPipeEnd end && end.flushWouldBlock());
    }

    /** Whether an operation of a kind waits in the file system on a handle. */
    public boolean isPending(OperationKind kind, long handle) {
        return locked(
                () -> !io.pending(op -> op.kind == kind && op.handle == handle).isEmpty());
    }

    /** What callers did to the kernel's memory, or would have hung in; empty is good. */
    public List<String> violations() {
        return locked(() -> {
            memory.verifyAll();
            return memory.violations();
        });
    }

    /** Uses of handles that were not open, or of another kind; empty is good. */
    public List<String> invalidHandleUses() {
        return locked(handles::invalidUses);
    }

    /** How many handles are open. */
    public int openHandles() {
        return locked(() -> handles.objects().size());
    }

    /** The open handles and what they are, for the message of an assertion. */
    public List<String> describeOpenHandles() {
        return locked(handles::describe);
    }

    /** How many operations pend, or have ended without their caller knowing. */
    public int pendingOperations() {
        return locked(io::undelivered);
    }

    /** How many packets wait in open ports. */
    public int queuedPackets() {
        return locked(() -> ports().mapToInt(SimulatedPort::size).sum());
    }

    /** How many threads wait for packets. */
    public int waitingThreads() {
        return locked(() -> ports().mapToInt(SimulatedPort::waiting).sum());
    }

    /** How many OVERLAPPED blocks belong to the kernel: their operations pend or their packets are not dequeued. */
    public int lentMemory() {
        return locked(memory::loans);
    }

    /** How many waits are registered. */
    public int openWaits() {
        return locked(waits::size);
    }

    /** How many callbacks are due, in manual mode. */
    public int dueCallbacks() {
        return locked(waits::due);
    }

    /** How many security descriptors have not been freed. */
    public int openSecurityDescriptors() {
        return locked(descriptors::size);
    }

    /** How often a method of {@link Kernel} was called, by its name with a capital: {@code calls("ReadFile")}. */
    public long calls(String call) {
        return locked(() -> calls.getOrDefault(checkedName(call), 0L));
    }

    /** Forgets the counts of {@link #calls}. */
    public void resetCalls() {
        locked(() -> {
            calls.clear();
            return calls;
        });
    }

    /** The instances that were created of a pipe, oldest first, closed ones too. */
    public List<CreatedInstance> instances(String path) {
        return locked(() -> instances.stream()
                .filter(instance -> same(instance.path(), path))
                .toList());
    }

    /** The attempts to open a client end of a pipe, oldest first. */
    public List<ClientOpen> opens(String path) {
        return locked(
                () -> opens.stream().filter(open -> same(open.path(), path)).toList());
    }

    /**
     * Waits until something holds, and fails if that takes 20 seconds. {@code condition} is asked after each call on any
     * thread, with no call in between, and may ask this kernel.
     */
    public void await(String what, BooleanSupplier condition) {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (!condition.getAsBoolean()) {
                left = activity.awaitNanos(left);
                if (left <= 0) {
                    throw new AssertionError(PATIENCE_SECONDS + " seconds have passed, but not: " + what);
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while waiting until " + what, e);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until so many threads wait for packets and nothing is there for them: until these event loops are idle. */
    public void awaitIdle(int threads) {
        await(threads + " threads wait", () -> waitingThreads() == threads && queuedPackets() == 0 && waits.isIdle());
    }

    /** Fails unless everything is closed and dequeued, and no caller has made an error. */
    public void assertAllGone() {
        await("no call over the network is under way", this::isNetworkIdle);
        assertNothingWrong();
        assertNone("open handles", describeOpenHandles());
        assertZero("pending operations", pendingOperations());
        assertZero("OVERLAPPED blocks that belong to the kernel", lentMemory());
        assertZero("registered waits", openWaits());
        assertZero("security descriptors", openSecurityDescriptors());
    }

    /** Fails if a caller has made an error. */
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

    void keep(SimulatedPeer peer) {
        locked(() -> peers.add(peer));
    }

    private Stream<SimulatedPort> ports() {
        return handles.objects().stream()
                .filter(SimulatedPort.class::isInstance)
                .map(SimulatedPort.class::cast);
    }

    private static boolean same(String path, String other) {
        return path.toUpperCase(Locale.ROOT).equals(other.toUpperCase(Locale.ROOT));
    }

    private <T> T locked(Supplier<T> body) {
        lock.lock();
        try {
            return body.get();
        } finally {
            lock.unlock();
        }
    }
}
