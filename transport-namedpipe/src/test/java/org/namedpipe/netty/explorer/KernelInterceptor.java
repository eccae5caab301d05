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

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.explorer.Connections.End;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.WaitListener;
import org.namedpipe.netty.internal.win32.Win32Error;

/**
 * Intercepts the transport's calls of the kernel: records them in the trace, maintains the connections, and runs other actions
 * while a loop waits. No call blocks: a wait on an empty port returns at once, and the loop then sleeps.
 */
final class KernelInterceptor implements InvocationHandler {
    /** The model's handles are smaller. No system has memory for programs at lower addresses; Windows has some just above. */
    private static final long MIN_ADDRESS = 1L << 16;

    private static final Object[] NO_ARGUMENTS = {};

    private final Simulation simulation;
    private final Map<Long, Runnable> signals = new LinkedHashMap<>();

    KernelInterceptor(Simulation simulation) {
        this.simulation = simulation;
    }

    /** Returns the kernel for the transport. */
    Kernel proxy() {
        return (Kernel) Proxy.newProxyInstance(Kernel.class.getClassLoader(), new Class<?>[] {Kernel.class}, this);
    }

    /** Returns the effects that the signals of the awaited events have, by threads and by wait packets. */
    List<Runnable> signals() {
        return new ArrayList<>(signals.values());
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] given) throws Throwable {
        Object[] arguments = given == null ? NO_ARGUMENTS : given;
        String call = method.getName();
        if (call.equals("postQueuedCompletionStatus") && simulation.faults.losesWakeup((Long) arguments[3])) {
            simulation.trace.record(() -> "    " + call + " fails");
            return Win32Error.ERROR_NO_SYSTEM_RESOURCES;
        }
        boolean waits = before(call, arguments);
        @Nullable Object result;
        try {
            result = method.invoke(simulation.kernel, arguments);
        } catch (InvocationTargetException e) {
            simulation.trace.record(() -> "    " + call + text(arguments) + " threw " + e.getCause());
            throw e.getCause();
        }
        boolean empty =
                call.equals("getQueuedCompletionStatusEx") && Integer.valueOf(0).equals(result);
        // The system time differs between two runs of a seed.
        if (!empty && !call.equals("systemTime")) {
            simulation.trace.record(() -> "    " + call + text(arguments) + " = " + result);
        }
        after(call, arguments, result);
        if (waits && empty && simulation.scheduler.isTerminating()) {
            throw new AssertionError("a loop that shuts down waits for a packet that never arrives");
        }
        return result;
    }

    /** Prepares a call. Returns whether it would block. */
    private boolean before(String call, Object[] arguments) {
        switch (call) {
            case "flushFileBuffers" -> simulation.flushThreads.beforeFlush((Long) arguments[0]);
            case "closeHandle" -> simulation.connections.closing((Long) arguments[0]);
            case "readFile" -> {
                End end = simulation.connections.end((Long) arguments[0]);
                Endpoint endpoint = end == null ? null : end.endpoint();
                if (endpoint != null) {
                    endpoint.readFileCalled();
                }
            }
            case "getQueuedCompletionStatusEx" -> {
                boolean waits = !Integer.valueOf(0).equals(arguments[3]);
                arguments[3] = 0;
                if (waits && simulation.scheduler.isTerminating()) {
                    simulation.kernel.runCallbacks();
                    simulation.scheduler.runOutside(simulation.flushThreads::run);
                } else if (waits) {
                    simulation.scheduler.maybeInterleave();
                }
                return waits;
            }
            default -> {}
        }
        return false;
    }

    private void after(String call, Object[] arguments, @Nullable Object result) {
        switch (call) {
            case "getQueuedCompletionStatusEx" ->
                simulation.scheduler.countDequeued(Math.max(0, number(result).intValue()));
            case "createFile" -> {
                if (number(result).longValue() > 0) {
                    simulation.connections.opened(number(result).longValue(), simulation.kernel::peerOf);
                }
            }
            case "registerWait" -> signals.put(number(result).longValue(), ((WaitListener) arguments[1])::signalled);
            case "associateWaitPacket" -> {
                if (!Long.valueOf(0).equals(arguments[4])) {
                    signals.put((Long) arguments[0], () -> signalWaitPacket(arguments));
                }
            }
            case "unregisterWait", "closeHandle" -> signals.remove((Long) arguments[0]);
            default -> {}
        }
    }

    /** Queues the packet of an association, which either goes on or is over. */
    private void signalWaitPacket(Object[] association) {
        if (simulation.random.oneIn(2)) {
            simulation.kernel.cancelWaitPacket((Long) association[0]);
        }
        simulation.kernel.postQueuedCompletionStatus(
                (Long) association[1], 0, (Long) association[3], (Long) association[4]);
    }

    /** Returns the arguments for the trace, without addresses, which differ between two runs of a seed. */
    private static String text(Object[] arguments) {
        return Arrays.stream(arguments)
                .map(argument ->
                        argument instanceof WaitListener || (argument instanceof Long value && value >= MIN_ADDRESS)
                                ? "@"
                                : String.valueOf(argument))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static Number number(@Nullable Object result) {
        if (result == null) {
            throw new AssertionError("a call that returns a number has returned null");
        }
        return (Number) result;
    }
}
