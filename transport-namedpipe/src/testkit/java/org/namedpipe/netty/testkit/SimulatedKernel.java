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
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Kernels;
import org.namedpipe.netty.iocp.IocpIoHandler;
import org.namedpipe.netty.iocp.IocpIoHandlerFactory;

/**
 * Simulates the named pipes, completion ports, events and waits of Windows. Operations use real off-heap addresses. Where
 * Wine is more lenient than Windows, the simulation behaves as Windows does; {@code docs/model-rules.md} lists its rules.
 *
 * <p><strong>Order of completions.</strong> The {@link #scheduler()} holds, delays and reorders completions:
 *
 * <pre>{@code
 * try (Hold hold = kernel.scheduler().hold(OperationKind.READ)) {
 *     ...                     // reads complete in the file system, but their packets are held
 *     hold.await(2);
 *     hold.releaseLast();
 * }                           // the remaining packets are released
 * kernel.scheduler().randomize(seed);
 * kernel.scheduler().pendInstead(completion -> true);   // no operation completes synchronously
 * }</pre>
 *
 * <p><strong>Faults.</strong> {@link #faults()} makes calls fail, ends pending operations, denies access, and runs code
 * before a call.
 *
 * <p><strong>Records.</strong> {@link #calls(String)} counts calls. {@link #instances(String)} and {@link #opens(String)}
 * return the flags and descriptors with which pipes were created and opened.
 *
 * <p><strong>Checks.</strong> {@link #assertAllGone()} fails if a resource is left at the end of a test, or if the caller made
 * an error. It is an error to change memory that the kernel owns, to use an {@code OVERLAPPED} for two operations at once, to
 * make a call that would block, and to use a closed handle. The kernel returns the lowest free handle, so that a stale handle
 * soon refers to another object. A call with an error that belongs to it throws an {@link AssertionError} as well.
 *
 * <p><strong>Threads.</strong> Any number of threads may use the kernel, and one thread is enough: {@link #await} waits for a
 * condition, and {@link #awaitIdle} for event loops without work. The kernel has a thread only for the callbacks of registered
 * waits. With {@link #withManualCallbacks()} it has none, and {@link #runCallbacks()} runs them. A thread that ends does not
 * cancel its operations unless the test calls {@link #threadExited}. Timers expire by the clock when a thread polls or waits,
 * and with manual callbacks only by {@link #expireTimers()}.
 *
 * <p>The other public methods implement the Windows calls of the transport. A test seldom calls them; {@link SimulatedPeer} is
 * simpler.
 */
public final class SimulatedKernel extends SimulatedChecks {
    /** The SID of the user of {@link #SELF}. */
    public static final String USER_SID = "S-1-5-21-1-2-3-1001";

    /** The process that makes the calls, except those through {@link #as}. */
    public static final SimulatedProcess SELF = SimulatedProcess.of(1000, USER_SID, "SIMULATED\\user");

    /** Keeps memory reachable that the kernel owns, after the test has dropped the peer. */
    private final List<SimulatedPeer> peers = new ArrayList<>();

    private final boolean callbacksWhileWaiting;

    /** Creates a kernel that runs the callbacks of waits on a thread of its own. */
    public SimulatedKernel() {
        super(false);
        callbacksWhileWaiting = false;
    }

    private SimulatedKernel(boolean callbacksWhileWaiting) {
        super(true);
        this.callbacksWhileWaiting = callbacksWhileWaiting;
    }

    /** Creates a kernel without a thread. The test runs the callbacks of waits by {@link #runCallbacks()}. */
    public static SimulatedKernel withManualCallbacks() {
        return new SimulatedKernel(false);
    }

    /** Creates a kernel without a thread. It runs callbacks also before its caller waits for packets. */
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

    /** Returns a new factory of I/O handlers that use this kernel. */
    public IocpIoHandlerFactory newFactory() {
        return Kernels.on(this, IocpIoHandler::newFactory);
    }

    /** Returns the scheduler of this kernel, which delays and reorders completions. */
    public Scheduler scheduler() {
        return scheduler;
    }

    /** Returns the faults of this kernel, which make calls fail. */
    public Faults faults() {
        return faults;
    }

    // ---- choices between the behaviours of Windows

    /**
     * Sets how a read ends that finds a message longer than its buffer: with ERROR_IO_PENDING and a packet, also in skip mode,
     * as on Windows 8 and later, or with ERROR_MORE_DATA, the default.
     */
    void moreDataByPacket(boolean byPacket) {
        change(() -> io.moreDataByPacket = byPacket);
    }

    /**
     * Sets when a pending write ends whose handle is closed.
     *
     * @param outlive {@code true} to end it when the peer reads its bytes or closes, as the source of NPFS suggests;
     *     {@code false}, the default, to end it at once and discard its bytes, as Wine does
     */
    public void writesOutliveTheirHandle(boolean outlive) {
        change(() -> writesOutliveTheirHandle = outlive);
    }

    // ---- the computer, its processes and threads

    /**
     * Makes {@code \\host\pipe\name} another name of {@code \\.\pipe\name} for clients. To open a pipe of any other host fails
     * with {@code ERROR_BAD_NETPATH}.
     */
    public void addHost(String host) {
        change(() -> names.addHost(host));
    }

    /** Returns a view of this kernel whose calls are made by {@code process}, on any thread. */
    public Kernel as(SimulatedProcess process) {
        change(() -> security.add(process));
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

    /** Ends a process: its id becomes invalid. Handles that the process opened stay open. */
    public void processExited(SimulatedProcess process) {
        change(() -> security.remove(process));
    }

    /** Moves the system time by {@code seconds}, backward if they are negative. */
    public void moveClock(long seconds) {
        change(() -> security.clock.move(seconds));
    }

    /** Returns true if the calling thread impersonates a client. */
    public boolean isImpersonating() {
        return security.isImpersonating();
    }

    /**
     * Cancels the operations that {@code thread} issued on handles without a completion port, as Windows does when a thread
     * ends. They end with {@code STATUS_CANCELLED}.
     */
    public void threadExited(Thread thread) {
        change(() -> io.threadExited(thread));
    }

    // ---- waits

    /** Fails all registered waits with a Win32 error code. */
    public void failWaits(int code) {
        change(() -> waits.failAll(code));
    }

    /** Runs callbacks of waits on the calling thread until none is due, and returns how many it ran. */
    public int runCallbacks() {
        int ran = 0;
        while (waits.runOne()) {
            ran++;
        }
        return ran;
    }

    /** Runs the oldest callback that is due, on the calling thread. Returns false if none is due. */
    public boolean runCallback() {
        return waits.runOne();
    }

    void keep(SimulatedPeer peer) {
        change(() -> peers.add(peer));
    }
}
