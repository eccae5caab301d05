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
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.SimulatedKernel;
import org.namedpipe.netty.internal.win32.WaitListener;
import org.namedpipe.netty.internal.win32.Win32Error;

/**
 * Stands between the transport and the simulated kernel: notes the calls, learns from them which handles belong together,
 * and never blocks. A wait on a port that has no packet returns, and its loop is taken to be asleep.
 */
final class ExploredKernel implements InvocationHandler {
    private static final long MAX_HANDLE = 1L << 30;
    private static final Object[] NO_ARGUMENTS = {};

    private final World world;
    private final SimulatedKernel kernel;
    private final Map<Long, Runnable> waits = new LinkedHashMap<>();

    private ExploredKernel(World world, SimulatedKernel kernel) {
        this.world = world;
        this.kernel = kernel;
    }

    static ExploredKernel of(World world, SimulatedKernel kernel) {
        return new ExploredKernel(world, kernel);
    }

    /** The kernel for the transport. */
    Kernel proxy() {
        return (Kernel) Proxy.newProxyInstance(Kernel.class.getClassLoader(), new Class<?>[] {Kernel.class}, this);
    }

    /** The callbacks of the waits that are registered. */
    List<Runnable> waits() {
        return new ArrayList<>(waits.values());
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] given) throws Throwable {
        Object[] arguments = given == null ? NO_ARGUMENTS : given;
        String call = method.getName();
        if (call.equals("postQueuedCompletionStatus") && world.adversary.losesWakeup((Long) arguments[3])) {
            world.journal.note(() -> "    " + call + " fails");
            return Win32Error.ERROR_NO_SYSTEM_RESOURCES;
        }
        if (call.equals("flushFileBuffers")) {
            world.flushes.flushes((Long) arguments[0]);
        }
        boolean waits = before(call, arguments);
        @Nullable Object result;
        try {
            result = method.invoke(kernel, arguments);
        } catch (InvocationTargetException e) {
            world.journal.note(() -> "    " + call + text(arguments) + " threw " + e.getCause());
            throw e.getCause();
        }
        // What the clock says is another each time a scenario is played.
        boolean says = !call.equals("getQueuedCompletionStatusEx")
                || !Integer.valueOf(0).equals(result);
        if (says && !call.equals("systemTime")) {
            world.journal.note(() -> "    " + call + text(arguments) + " = " + result);
        }
        after(call, arguments, result);
        if (waits && world.isTerminating() && Integer.valueOf(0).equals(result)) {
            throw new AssertionError("a loop that shuts down waits for what never comes");
        }
        return result;
    }

    /** Prepares for a call. @return whether it would wait */
    private boolean before(String call, Object[] arguments) {
        switch (call) {
            case "closeHandle" -> world.connections.closing((Long) arguments[0]);
            case "readFile" -> readIssued((Long) arguments[0]);
            case "getQueuedCompletionStatusEx" -> {
                boolean waits = !Integer.valueOf(0).equals(arguments[3]);
                arguments[3] = 0;
                if (waits && world.isTerminating()) {
                    kernel.runCallbacks();
                    world.stage.meanwhile(world.flushes::run);
                } else if (waits) {
                    world.meanwhile();
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
                world.stage.dequeued(Math.max(0, number(result).intValue()));
            case "createFile" -> {
                if (number(result).longValue() > 0) {
                    world.connections.opened(number(result).longValue(), kernel::peerOf);
                }
            }
            case "registerWait" -> waits.put(number(result).longValue(), ((WaitListener) arguments[1])::signalled);
            case "unregisterWait" -> waits.remove((Long) arguments[0]);
            default -> {}
        }
    }

    /** Arguments for people: addresses, which say nothing, are left out. */
    private static String text(Object[] arguments) {
        return Arrays.stream(arguments)
                .map(argument ->
                        argument instanceof WaitListener || (argument instanceof Long value && value > MAX_HANDLE)
                                ? "@"
                                : String.valueOf(argument))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static Number number(@Nullable Object result) {
        if (result == null) {
            throw new AssertionError("a call that returns a number returned none");
        }
        return (Number) result;
    }

    private void readIssued(long handle) {
        Side side = world.connections.side(handle);
        Endpoint endpoint = side == null ? null : side.endpoint();
        if (endpoint != null) {
            endpoint.readIssued();
        }
    }
}
