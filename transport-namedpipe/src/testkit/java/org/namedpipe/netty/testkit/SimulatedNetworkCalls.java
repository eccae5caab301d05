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
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.win32.WindowsException;

/**
 * The calls of the {@link SimulatedKernel} that use the network if the pipe is on another computer. They can block, and be
 * cancelled.
 */
abstract class SimulatedNetworkCalls extends SimulatedTimerCalls {
    private static final class BlockedCall {
        final Thread thread = Thread.currentThread();
        boolean cancelled;
    }

    private final List<NetworkCall> networkCalls = new ArrayList<>();
    private final Set<Long> remoteHandles = new HashSet<>();
    private final Set<String> silentHosts = new HashSet<>();
    private final List<BlockedCall> blocked = new ArrayList<>();

    SimulatedNetworkCalls(boolean manualCallbacks) {
        super(manualCallbacks);
    }

    /**
     * Makes {@code CreateFile} of {@code \\host\pipe\name} block until {@link #removeSilentHost} or
     * {@code CancelSynchronousIo}.
     */
    public void addSilentHost(String host) {
        lock.lock();
        try {
            silentHosts.add(host.toUpperCase(Locale.ROOT));
        } finally {
            lock.unlock();
        }
    }

    /** Ends the effect of {@link #addSilentHost}. Blocked calls continue. */
    public void removeSilentHost(String host) {
        lock.lock();
        try {
            silentHosts.remove(host.toUpperCase(Locale.ROOT));
            activity.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the number of threads that block in calls over the network. */
    public int blockedCalls() {
        lock.lock();
        try {
            return blocked.size();
        } finally {
            lock.unlock();
        }
    }

    /** Returns true if no handle is open of a pipe on another computer, or of a thread. The lock must be held. */
    final boolean isNetworkIdle() {
        return remoteHandles.isEmpty() && handles.objects().stream().noneMatch(Thread.class::isInstance);
    }

    /** Returns the calls on pipes of other computers, oldest first. */
    public List<NetworkCall> networkCalls() {
        lock.lock();
        try {
            return List.copyOf(networkCalls);
        } finally {
            lock.unlock();
        }
    }

    private void note(String call, boolean remote) {
        if (remote) {
            networkCalls.add(new NetworkCall(call, Thread.currentThread()));
        }
    }

    private void note(String call, long handle) {
        lock.lock();
        try {
            note(call, remoteHandles.contains(handle));
        } finally {
            lock.unlock();
        }
    }

    private boolean isRemote(long handle) {
        lock.lock();
        try {
            return remoteHandles.contains(handle);
        } finally {
            lock.unlock();
        }
    }

    private static boolean isRemote(String path) {
        return path.startsWith("\\\\") && !path.startsWith("\\\\.\\");
    }

    // ---- calls over the network

    @Override
    public long createFile(String path, int desiredAccess, int flags) {
        boolean remote = isRemote(path);
        lock.lock();
        try {
            note("CreateFile", remote);
            if (remote && blocksUntilCancelled(path)) {
                return value("CreateFile", path, 0, () -> -Win32Error.ERROR_OPERATION_ABORTED);
            }
        } finally {
            lock.unlock();
        }
        long handle = super.createFile(path, desiredAccess, flags);
        if (remote && handle > 0) {
            lock.lock();
            try {
                remoteHandles.add(handle);
            } finally {
                lock.unlock();
            }
        }
        return handle;
    }

    private boolean blocksUntilCancelled(String path) {
        String host = path.substring(2, path.indexOf('\\', 2)).toUpperCase(Locale.ROOT);
        BlockedCall call = new BlockedCall();
        blocked.add(call);
        activity.signalAll();
        while (silentHosts.contains(host) && !call.cancelled) {
            activity.awaitUninterruptibly();
        }
        blocked.remove(call);
        return call.cancelled;
    }

    @Override
    public int setNamedPipeHandleState(long handle, int mode) {
        note("SetNamedPipeHandleState", handle);
        return super.setNamedPipeHandleState(handle, mode);
    }

    @Override
    public int queryPipe(long handle, long information) {
        note("QueryPipe", handle);
        return super.queryPipe(handle, information);
    }

    @Override
    public int flushFileBuffers(long handle) {
        note("FlushFileBuffers", handle);
        return super.flushFileBuffers(handle);
    }

    @Override
    public long getNamedPipeServerProcessId(long pipe) {
        note("GetNamedPipeServerProcessId", pipe);
        return super.getNamedPipeServerProcessId(pipe);
    }

    @Override
    public long getNamedPipeServerSessionId(long pipe) {
        note("GetNamedPipeServerSessionId", pipe);
        return super.getNamedPipeServerSessionId(pipe);
    }

    @Override
    public String ownerSid(long handle) throws WindowsException {
        note("OwnerSid", handle);
        return super.ownerSid(handle);
    }

    @Override
    public int closeHandle(long handle) {
        if (!isRemote(handle)) {
            return super.closeHandle(handle);
        }
        lock.lock();
        try {
            note("CloseHandle", true);
            int code = super.closeHandle(handle);
            remoteHandles.remove(handle);
            activity.signalAll();
            return code;
        } finally {
            lock.unlock();
        }
    }

    // ---- cancelling

    @Override
    public int cancelSynchronousIo(long thread) {
        lock.lock();
        try {
            Thread target = handles.get(thread, Thread.class);
            for (BlockedCall call : blocked) {
                if (call.thread == target && !call.cancelled) {
                    return code("CancelSynchronousIo", thread, () -> {
                        call.cancelled = true;
                        return Win32Error.ERROR_SUCCESS;
                    });
                }
            }
        } finally {
            lock.unlock();
        }
        return super.cancelSynchronousIo(thread);
    }
}
