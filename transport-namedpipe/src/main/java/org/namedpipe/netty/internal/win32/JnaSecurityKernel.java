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

import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_SUCCESS;

import com.sun.jna.Native;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.win32.WindowsException;

/** The part of {@link JnaKernel} that is about identity and security. */
abstract class JnaSecurityKernel implements SecurityKernel {
    private static final long CURRENT_PROCESS = -1;
    private static final int DUPLICATE_SAME_ACCESS = 0x2;
    private static final int MAX_COMPUTER_NAME = 256;

    JnaSecurityKernel() {}

    // ---- who is at the other end

    private static long id(int succeeded, Scratch id) {
        return succeeded != 0 ? Integer.toUnsignedLong(id.getInt()) : -JnaKernel.lastError();
    }

    @Override
    public long getNamedPipeClientProcessId(long pipe) {
        Scratch id = Scratch.ofThread();
        return id(PipePeerCalls.GetNamedPipeClientProcessId(pipe, id.address()), id);
    }

    @Override
    public long getNamedPipeServerProcessId(long pipe) {
        Scratch id = Scratch.ofThread();
        return id(PipePeerCalls.GetNamedPipeServerProcessId(pipe, id.address()), id);
    }

    @Override
    public long getNamedPipeClientSessionId(long pipe) {
        Scratch id = Scratch.ofThread();
        return id(PipePeerCalls.GetNamedPipeClientSessionId(pipe, id.address()), id);
    }

    @Override
    public long getNamedPipeServerSessionId(long pipe) {
        Scratch id = Scratch.ofThread();
        return id(PipePeerCalls.GetNamedPipeServerSessionId(pipe, id.address()), id);
    }

    @Override
    public @Nullable String getNamedPipeClientComputerName(long pipe) throws WindowsException {
        char[] name = new char[MAX_COMPUTER_NAME];
        int succeeded;
        try {
            succeeded =
                    ClientComputerNameCalls.GetNamedPipeClientComputerNameW(pipe, name, name.length * Character.BYTES);
        } catch (UnsatisfiedLinkError | NoClassDefFoundError missing) {
            // Only in Wine, which has no pipes of other computers.
            return null;
        }
        if (succeeded != 0) {
            return Native.toString(name);
        }
        int error = JnaKernel.lastError();
        if (error == Win32Error.ERROR_PIPE_LOCAL) {
            return null;
        }
        throw new WindowsException("GetNamedPipeClientComputerName", "pipe", error);
    }

    // ---- tokens

    @Override
    public long openProcess(long processId) {
        return JnaTokens.openProcess(processId);
    }

    @Override
    public long processCreationTime(long process) {
        // Four times of 8 bytes each; the creation is the first.
        Scratch times = Scratch.ofThread();
        long address = times.address();
        int succeeded = PipePeerCalls.GetProcessTimes(process, address, address + 8, address + 16, address + 24);
        return succeeded != 0 ? times.getLong() : -JnaKernel.lastError();
    }

    @Override
    public long systemTime() {
        Scratch time = Scratch.ofThread();
        PipePeerCalls.GetSystemTimePreciseAsFileTime(time.address());
        return time.getLong();
    }

    @Override
    public long openProcessToken(long process) {
        return JnaTokens.open(process);
    }

    @Override
    public long openThreadToken() {
        return JnaTokens.openOfThread();
    }

    @Override
    public TokenInformation tokenInformation(long token) throws WindowsException {
        return JnaTokens.facts(token);
    }

    @Override
    public String currentUserSid() throws WindowsException {
        return JnaTokens.currentUserSid();
    }

    @Override
    public String currentLogonSid() throws WindowsException {
        return JnaTokens.currentLogonSid();
    }

    @Override
    public TokenInformation processTokenInformation() throws WindowsException {
        return JnaTokens.processTokenInformation();
    }

    // ---- accounts

    @Override
    public String accountName(String sid) throws WindowsException {
        return JnaSids.accountName(sid);
    }

    @Override
    public String accountSid(String name) throws WindowsException {
        return JnaSids.accountSid(name);
    }

    // ---- security of objects

    @Override
    public long createSecurityDescriptor(String sddl) {
        return JnaDescriptors.create(sddl);
    }

    @Override
    public void freeSecurityDescriptor(long address) {
        Kernel32Calls.LocalFree(address);
    }

    @Override
    public DescriptorInformation descriptorInformation(long address) throws WindowsException {
        return JnaDescriptorInformation.read(address);
    }

    @Override
    public String securityDescriptorOf(long handle) throws WindowsException {
        return JnaDescriptors.ofObject(handle);
    }

    @Override
    public String ownerSid(long handle) throws WindowsException {
        return JnaDescriptors.ownerOfObject(handle);
    }

    // ---- acting for a client

    @Override
    public long duplicateHandle(long handle) {
        Scratch duplicate = Scratch.ofThread();
        int succeeded = PipePeerCalls.DuplicateHandle(
                CURRENT_PROCESS, handle, CURRENT_PROCESS, duplicate.address(), 0, 0, DUPLICATE_SAME_ACCESS);
        return succeeded != 0 ? duplicate.getLong() : -JnaKernel.lastError();
    }

    @Override
    public int impersonateNamedPipeClient(long pipe) {
        return Advapi32Calls.ImpersonateNamedPipeClient(pipe) != 0 ? ERROR_SUCCESS : JnaKernel.lastError();
    }

    @Override
    public int revertToSelf() {
        return Advapi32Calls.RevertToSelf() != 0 ? ERROR_SUCCESS : JnaKernel.lastError();
    }
}
