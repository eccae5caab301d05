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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.WaitListener;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;

/**
 * The calls of the {@link SimulatedKernel} for handles, ports, events and waits. Each call is counted, can fail by a fault, and
 * holds the lock of the kernel.
 */
abstract class SimulatedCalls implements Kernel {
    private static final int ERROR_NONE = Win32Error.ERROR_SUCCESS;
    private static final Set<String> NAMES = Arrays.stream(Kernel.class.getMethods())
            .map(method -> Character.toUpperCase(method.getName().charAt(0))
                    + method.getName().substring(1))
            .collect(Collectors.toUnmodifiableSet());

    final ReentrantLock lock = new ReentrantLock();
    /** Signalled after each call, for the conditions that tests wait for. */
    final Condition activity = lock.newCondition();

    final SimulatedHandles handles = new SimulatedHandles();
    final MemoryGuard memory = new MemoryGuard();
    final SimulatedDescriptors descriptors = new SimulatedDescriptors(memory);
    final Scheduler scheduler = new Scheduler(lock, this::wakePorts);
    final SimulatedIo io = new SimulatedIo(handles, memory, scheduler);
    final SimulatedNames names = new SimulatedNames(io);
    final Faults faults = new Faults(lock, io);
    final SimulatedSecurity security = new SimulatedSecurity(SimulatedKernel.SELF);
    final SimulatedWaits waits;
    final Map<String, Long> calls = new HashMap<>();
    final List<CreatedInstance> instances = new ArrayList<>();
    final List<ClientOpen> opens = new ArrayList<>();
    private final PortSource portSource = new PortSource();
    private final boolean manual;
    boolean writesOutliveTheirHandle;

    SimulatedCalls(boolean manualCallbacks) {
        manual = manualCallbacks;
        waits = new SimulatedWaits(lock, activity, memory, manualCallbacks);
        scheduler.deliverTo(io::deliver);
    }

    /** Returns the name of a call, or throws an IllegalArgumentException if there is no such call. */
    static String checkedName(String call) {
        if (!NAMES.contains(call)) {
            throw new IllegalArgumentException("there is no call with the name \"" + call
                    + "\"; names begin with a capital, such as \"ReadFile\"");
        }
        return call;
    }

    // ---- the frame of each call

    private final class PortSource implements SimulatedPort.Source {
        @Override
        public void polled() {
            scheduler.polled();
            expireDueTimers();
        }

        @Override
        public long expireDueTimers() {
            long next = Long.MAX_VALUE;
            for (Object object : manual ? List.of() : List.copyOf(handles.objects())) {
                if (object instanceof SimulatedTimer timer && timer.nanosLeft() == 0) {
                    timer.expire();
                } else if (object instanceof SimulatedTimer timer) {
                    next = Math.min(next, timer.nanosLeft());
                }
            }
            return next;
        }

        @Override
        public boolean deliverLate() {
            boolean delivered = scheduler.deliverLate();
            activity.signalAll();
            return delivered;
        }

        @Override
        public void dequeued(SimulatedPort.Queued queued) {
            queued.whenDequeued().run();
            SimulatedOperation operation = queued.operation();
            if (operation != null) {
                memory.giveBack(operation);
            }
        }
    }

    final long value(String call, @Nullable String path, long handle, LongSupplier body) {
        faults.runHook(call);
        lock.lock();
        try {
            calls.merge(call, 1L, Long::sum);
            int code = faults.codeFor(call, path == null ? pathOf(handle) : path, handle);
            return code == ERROR_NONE ? body.getAsLong() : -code;
        } catch (SimulatedFailure failure) {
            return -failure.code;
        } finally {
            activity.signalAll();
            lock.unlock();
        }
    }

    /** Makes a call that returns a Win32 error code. */
    final int code(String call, long handle, LongSupplier body) {
        return (int) Math.abs(value(call, null, handle, body));
    }

    private @Nullable String pathOf(long handle) {
        return handles.peek(handle) instanceof SimulatedPipeEnd end ? end.pipe.path : null;
    }

    final SimulatedPort port(long handle) {
        return handles.get(handle, SimulatedPort.class);
    }

    final SimulatedPipeEnd end(long handle) {
        return handles.get(handle, SimulatedPipeEnd.class);
    }

    // ---- ports

    @Override
    public long createIoCompletionPort() {
        return value("CreateIoCompletionPort", null, 0, () -> handles.add(new SimulatedPort(lock, portSource)));
    }

    @Override
    public int associate(long handle, long port, long key) {
        return code("Associate", handle, () -> {
            io.associate(end(handle), port(port), key);
            return ERROR_NONE;
        });
    }

    @Override
    public int setFileCompletionNotificationModes(long handle, int modes) {
        return code("SetFileCompletionNotificationModes", handle, () -> {
            SimulatedPipeEnd end = end(handle);
            if (!end.overlapped || (modes & ~3) != 0) {
                return Win32Error.ERROR_INVALID_PARAMETER;
            }
            if ((modes & Win32Constants.FILE_SKIP_COMPLETION_PORT_ON_SUCCESS) != 0) {
                end.skipPackets();
            }
            return ERROR_NONE;
        });
    }

    @Override
    public int getQueuedCompletionStatusEx(long port, long entries, int capacity, int timeoutMillis) {
        return (int) value(
                "GetQueuedCompletionStatusEx", null, port, () -> port(port).dequeue(entries, capacity, timeoutMillis));
    }

    @Override
    public int postQueuedCompletionStatus(long port, int bytes, long key, long overlapped) {
        return code("PostQueuedCompletionStatus", port, () -> {
            port(port).post(new Packet(key, overlapped, SimulatedStatus.SUCCESS, bytes), null);
            return ERROR_NONE;
        });
    }

    final void wakePorts() {
        for (Object object : handles.objects()) {
            if (object instanceof SimulatedPort port) {
                port.wake();
            }
        }
    }

    // ---- handles

    @Override
    public int closeHandle(long handle) {
        return code("CloseHandle", handle, () -> {
            Object object = handles.remove(handle);
            if (object instanceof SimulatedPipeEnd end && !end.isLastHandle()) {
                end.dropHandle();
            } else if (object instanceof SimulatedPipeEnd end) {
                end.close(writesOutliveTheirHandle);
                names.closed(end);
            } else if (object instanceof SimulatedPort port) {
                port.close();
            }
            return ERROR_NONE;
        });
    }

    // ---- events

    @Override
    public long createEvent() {
        return value("CreateEvent", null, 0, () -> handles.add(new SimulatedEvent()));
    }

    @Override
    public long registerWait(long event, WaitListener listener) {
        return value("RegisterWait", null, event, () -> {
            return waits.register(handles.get(event, SimulatedEvent.class), listener);
        });
    }

    @Override
    public int unregisterWait(long wait) {
        return code("UnregisterWait", wait, () -> waits.unregister(wait));
    }

    // ---- errors

    @Override
    public int ntStatusToWin32(int status) {
        return SimulatedStatus.toWin32(status);
    }
}
