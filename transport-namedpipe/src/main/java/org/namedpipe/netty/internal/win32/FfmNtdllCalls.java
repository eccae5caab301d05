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
package org.namedpipe.netty.internal.win32;

import java.lang.invoke.MethodHandle;

/** {@link NtdllCalls}, as downcalls of {@code java.lang.foreign}. */
final class FfmNtdllCalls implements NtdllCalls {
    private static final FfmLibrary DLL = FfmLibrary.load("ntdll", NtdllCalls.class);

    private static final MethodHandle RTL_NT_STATUS_TO_DOS_ERROR = DLL.statusFunction("RtlNtStatusToDosError");
    private static final MethodHandle NT_CREATE_NAMED_PIPE_FILE = DLL.statusFunction("NtCreateNamedPipeFile");
    private static final MethodHandle NT_QUERY_INFORMATION_FILE = DLL.statusFunction("NtQueryInformationFile");

    @Override
    public int RtlNtStatusToDosError(int status) {
        return (int) Downcall.callForStatus(RTL_NT_STATUS_TO_DOS_ERROR, status);
    }

    @Override
    public int NtCreateNamedPipeFile(
            long handle,
            int desiredAccess,
            long objectAttributes,
            long ioStatusBlock,
            int shareAccess,
            int createDisposition,
            int createOptions,
            int pipeType,
            int readMode,
            int completionMode,
            int maxInstances,
            int inQuota,
            int outQuota,
            long defaultTimeout) {
        return (int) Downcall.callForStatus(
                NT_CREATE_NAMED_PIPE_FILE,
                handle,
                desiredAccess,
                objectAttributes,
                ioStatusBlock,
                shareAccess,
                createDisposition,
                createOptions,
                pipeType,
                readMode,
                completionMode,
                maxInstances,
                inQuota,
                outQuota,
                defaultTimeout);
    }

    @Override
    public int NtQueryInformationFile(
            long file, long ioStatusBlock, long information, int length, int informationClass) {
        return (int) Downcall.callForStatus(
                NT_QUERY_INFORMATION_FILE, file, ioStatusBlock, information, length, informationClass);
    }
}
