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
package org.namedpipe.netty.testing;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.MemoryFaults;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.win32.WindowsException;

/**
 * Fails the n-th Win32 call or allocation while it is armed. Calls that fail on Windows only with a wrong handle are not
 * counted.
 */
public final class FaultInjector implements AutoCloseable {
    private static final int CODE = Win32Error.ERROR_NO_SYSTEM_RESOURCES;
    private static final Set<String> NEVER = Set.of(
            "closeHandle",
            "unregisterWait",
            "cancelWaitPacket",
            "freeSecurityDescriptor",
            "disconnectNamedPipe",
            "ntStatusToWin32");
    /** Calls whose int is a number or a negated code. */
    private static final Set<String> NEGATED = Set.of("getQueuedCompletionStatusEx");

    private final int failing;
    private final MemoryFaults memory = MemoryFaults.inject(() -> failAllocation("NativeMemory"));
    private final List<ByteBuf> buffers = new ArrayList<>();
    private boolean armed;
    private int seen;
    private @Nullable String failed;

    /** Fails the next call or allocation after {@code passed} others. */
    public FaultInjector(int passed) {
        failing = passed;
    }

    public void arm(boolean nowArmed) {
        armed = nowArmed;
    }

    /** Returns what has failed, or {@code null}. */
    public @Nullable String failed() {
        return failed;
    }

    /** Returns the number of allocated buffers that are not released. */
    public long openBuffers() {
        return buffers.stream().filter(buffer -> buffer.refCnt() > 0).count();
    }

    private boolean failsNow(String what) {
        if (armed && seen++ == failing) {
            failed = what;
            return true;
        }
        return false;
    }

    private void failAllocation(String what) {
        if (failsNow(what)) {
            throw MemoryFaults.error();
        }
    }

    /** Wraps a kernel, and fails one of its calls. */
    public Kernel kernel(Kernel kernel) {
        return (Kernel) Proxy.newProxyInstance(
                Kernel.class.getClassLoader(), new Class<?>[] {Kernel.class}, (proxy, call, given) -> {
                    if (!NEVER.contains(call.getName()) && failsNow(call.getName())) {
                        return failure(call);
                    }
                    try {
                        return call.invoke(kernel, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static Object failure(Method call) throws WindowsException {
        if (call.getReturnType() == long.class) {
            return (long) -CODE;
        }
        if (call.getReturnType() == int.class) {
            return NEGATED.contains(call.getName()) ? -CODE : CODE;
        }
        throw new WindowsException(call.getName(), "injected", CODE);
    }

    /** Returns an allocator, one of whose allocations fails. */
    public AbstractByteBufAllocator allocator() {
        return new AbstractByteBufAllocator(true) {
            @Override
            protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
                failAllocation("heap buffer");
                return kept(UnpooledByteBufAllocator.DEFAULT.heapBuffer(initialCapacity, maxCapacity));
            }

            @Override
            protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
                failAllocation("direct buffer");
                return kept(UnpooledByteBufAllocator.DEFAULT.directBuffer(initialCapacity, maxCapacity));
            }

            private ByteBuf kept(ByteBuf buffer) {
                buffers.add(buffer);
                return buffer;
            }

            @Override
            public boolean isDirectBufferPooled() {
                return true;
            }
        };
    }

    @Override
    public void close() {
        memory.close();
    }
}
