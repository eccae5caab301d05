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

import org.namedpipe.netty.internal.win32.TokenInformation;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;

/** The calls of the {@link SimulatedKernel} that create, open and use the ends of pipes. */
abstract class SimulatedPipeCalls extends SimulatedCalls {
    SimulatedPipeCalls(boolean manualCallbacks) {
        super(manualCallbacks);
    }

    // ---- creating and opening

    @Override
    public long createNamedPipe(
            String path,
            int openMode,
            int pipeMode,
            int maxInstances,
            int outQuota,
            int inQuota,
            int defaultTimeoutMillis,
            long securityDescriptor) {
        return value("CreateNamedPipe", path, 0, () -> {
            String descriptor = descriptors.text(securityDescriptor);
            SimulatedProcess subject = security.subject();
            SimulatedAcl acl = descriptors.acl(securityDescriptor, subject);
            SimulatedPipeEnd end =
                    names.create(path, openMode, pipeMode, maxInstances, outQuota, inQuota, acl, subject);
            end.opener.set(security.caller(), TokenInformation.PRIMARY);
            long handle = opened(end);
            instances.add(new CreatedInstance(
                    handle,
                    path,
                    openMode,
                    pipeMode,
                    maxInstances,
                    outQuota,
                    inQuota,
                    defaultTimeoutMillis,
                    descriptor));
            return handle;
        });
    }

    @Override
    public long holdNamedPipe(String path, int openMode, int pipeMode) {
        return value("HoldNamedPipe", path, 0, () -> {
            SimulatedPipeEnd end = names.hold(path, openMode, security.subject());
            end.opener.set(security.caller(), TokenInformation.PRIMARY);
            return opened(end);
        });
    }

    @Override
    public long createFile(String path, int desiredAccess, int flags) {
        long result = value("CreateFile", path, 0, () -> {
            boolean denied = faults.deniesClients(path);
            SimulatedPipeEnd end = names.open(path, desiredAccess, flags, denied, security.subject());
            end.opener.set(security.subject(), impersonationLevel(flags));
            return opened(end);
        });
        lock.lock();
        try {
            opens.add(new ClientOpen(result, path, desiredAccess, flags));
        } finally {
            lock.unlock();
        }
        return result;
    }

    private static int impersonationLevel(int flags) {
        return (flags & Win32Constants.SECURITY_SQOS_PRESENT) == 0
                ? TokenInformation.IMPERSONATION
                : (flags & Win32Constants.SECURITY_DELEGATION) >> 16;
    }

    private long opened(SimulatedPipeEnd end) {
        long handle = handles.add(end);
        end.opened(handle);
        return handle;
    }

    // ---- state

    @Override
    public int connectNamedPipe(long handle, long overlapped) {
        return code("ConnectNamedPipe", handle, () -> io.connect(end(handle), overlapped));
    }

    @Override
    public int disconnectNamedPipe(long handle) {
        return code(
                "DisconnectNamedPipe",
                handle,
                () -> SimulatedStatus.toWin32(end(handle).disconnect()));
    }

    @Override
    public int setNamedPipeHandleState(long handle, int mode) {
        return code("SetNamedPipeHandleState", handle, () -> SimulatedReadMode.set(end(handle), mode));
    }

    @Override
    public int queryPipe(long handle, long information) {
        return code(
                "QueryPipe",
                handle,
                () -> SimulatedStatus.toWin32(SimulatedPipeInformation.query(end(handle), information)));
    }

    // ---- data

    @Override
    public int readFile(long handle, long buffer, int length, long overlapped) {
        return code("ReadFile", handle, () -> io.read(end(handle), buffer, length, overlapped));
    }

    @Override
    public int writeFile(long handle, long buffer, int length, long overlapped) {
        return code("WriteFile", handle, () -> io.write(end(handle), buffer, length, overlapped));
    }

    @Override
    public int flushFileBuffers(long handle) {
        return code("FlushFileBuffers", handle, () -> {
            // The condition of a test may be that this call waits.
            activity.signalAll();
            return SimulatedStatus.toWin32(end(handle).flush(activity::awaitUninterruptibly));
        });
    }

    // ---- cancelling

    @Override
    public long openCurrentThread() {
        return value("OpenCurrentThread", null, 0, () -> handles.add(Thread.currentThread()));
    }

    @Override
    public int cancelSynchronousIo(long thread) {
        return code("CancelSynchronousIo", thread, () -> {
            Thread caller = handles.get(thread, Thread.class);
            boolean ended = false;
            for (Object object : handles.objects()) {
                ended |= object instanceof SimulatedPipeEnd end && end.abortFlush(caller);
            }
            return ended ? Win32Error.ERROR_SUCCESS : Win32Error.ERROR_NOT_FOUND;
        });
    }

    @Override
    public int cancelIoEx(long handle, long overlapped) {
        return code("CancelIoEx", handle, () -> {
            SimulatedPipeEnd end = end(handle);
            boolean flush = overlapped == 0 && end.abortFlushes();
            int code = io.cancel(end, overlapped);
            return flush ? Win32Error.ERROR_SUCCESS : code;
        });
    }
}
