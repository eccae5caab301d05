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

import static org.namedpipe.netty.internal.win32.Win32.ADVAPI32;
import static org.namedpipe.netty.internal.win32.Win32.CLIENT_COMPUTER_NAME;
import static org.namedpipe.netty.internal.win32.Win32.KERNEL32;
import static org.namedpipe.netty.internal.win32.Win32.PIPE_PEERS;
import static org.namedpipe.netty.internal.win32.Win32.lastError;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_SUCCESS;

import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.win32.WindowsException;

/** The part of {@link WindowsKernel} that is about identity and security. */
abstract class WindowsSecurityKernel implements SecurityKernel {
    private static final long CURRENT_PROCESS = -1;
    private static final int DUPLICATE_SAME_ACCESS = 0x2;
    private static final int MAX_COMPUTER_NAME = 256;

    WindowsSecurityKernel() {}

    // ---- who is at the other end

    private static long id(int succeeded, Scratch id) {
        return succeeded != 0 ? Integer.toUnsignedLong(id.getInt()) : -lastError();
    }

    @Override
    public long getNamedPipeClientProcessId(long pipe) {
        Scratch id = Scratch.ofThread();
        return id(PIPE_PEERS.GetNamedPipeClientProcessId(pipe, id.address()), id);
    }

    @Override
    public long getNamedPipeServerProcessId(long pipe) {
        Scratch id = Scratch.ofThread();
        return id(PIPE_PEERS.GetNamedPipeServerProcessId(pipe, id.address()), id);
    }

    @Override
    public long getNamedPipeClientSessionId(long pipe) {
        Scratch id = Scratch.ofThread();
        return id(PIPE_PEERS.GetNamedPipeClientSessionId(pipe, id.address()), id);
    }

    @Override
    public long getNamedPipeServerSessionId(long pipe) {
        Scratch id = Scratch.ofThread();
        return id(PIPE_PEERS.GetNamedPipeServerSessionId(pipe, id.address()), id);
    }

    @Override
    public @Nullable String getNamedPipeClientComputerName(long pipe) throws WindowsException {
        if (CLIENT_COMPUTER_NAME == null) {
            return null;
        }
        int bytes = MAX_COMPUTER_NAME * Character.BYTES;
        NativeMemory name = new NativeMemory(bytes);
        try {
            if (CLIENT_COMPUTER_NAME.GetNamedPipeClientComputerNameW(pipe, name.address(), bytes) != 0) {
                return WideText.at(name.address());
            }
        } finally {
            Reference.reachabilityFence(name);
        }
        int error = lastError();
        if (error == Win32Error.ERROR_PIPE_LOCAL) {
            return null;
        }
        throw new WindowsException("GetNamedPipeClientComputerName", "pipe", error);
    }

    // ---- tokens

    @Override
    public long openProcess(long processId) {
        return Tokens.openProcess(processId);
    }

    @Override
    public long processCreationTime(long process) {
        // Four times of 8 bytes each; the creation is the first.
        Scratch times = Scratch.ofThread();
        long address = times.address();
        int succeeded = PIPE_PEERS.GetProcessTimes(process, address, address + 8, address + 16, address + 24);
        return succeeded != 0 ? times.getLong() : -lastError();
    }

    @Override
    public long systemTime() {
        Scratch time = Scratch.ofThread();
        PIPE_PEERS.GetSystemTimePreciseAsFileTime(time.address());
        return time.getLong();
    }

    @Override
    public long openProcessToken(long process) {
        return Tokens.open(process);
    }

    @Override
    public long openThreadToken() {
        return Tokens.openOfThread();
    }

    @Override
    public TokenInformation tokenInformation(long token) throws WindowsException {
        return Tokens.facts(token);
    }

    @Override
    public String currentUserSid() throws WindowsException {
        return Tokens.currentUserSid();
    }

    @Override
    public String currentLogonSid() throws WindowsException {
        return Tokens.currentLogonSid();
    }

    @Override
    public TokenInformation processTokenInformation() throws WindowsException {
        return Tokens.processTokenInformation();
    }

    // ---- accounts

    @Override
    public String accountName(String sid) throws WindowsException {
        return Accounts.name(sid);
    }

    @Override
    public String accountSid(String name) throws WindowsException {
        return Accounts.sid(name);
    }

    // ---- security of objects

    @Override
    public long createSecurityDescriptor(String sddl) {
        return Descriptors.create(sddl);
    }

    @Override
    public void freeSecurityDescriptor(long address) {
        KERNEL32.LocalFree(address);
    }

    @Override
    public DescriptorInformation descriptorInformation(long address) throws WindowsException {
        return DescriptorReader.read(address);
    }

    @Override
    public String securityDescriptorOf(long handle) throws WindowsException {
        return Descriptors.ofObject(handle);
    }

    @Override
    public String ownerSid(long handle) throws WindowsException {
        return Descriptors.ownerOfObject(handle);
    }

    // ---- acting for a client

    @Override
    public long duplicateHandle(long handle) {
        Scratch duplicate = Scratch.ofThread();
        int succeeded = PIPE_PEERS.DuplicateHandle(
                CURRENT_PROCESS, handle, CURRENT_PROCESS, duplicate.address(), 0, 0, DUPLICATE_SAME_ACCESS);
        return succeeded != 0 ? duplicate.getLong() : -lastError();
    }

    @Override
    public int impersonateNamedPipeClient(long pipe) {
        return ADVAPI32.ImpersonateNamedPipeClient(pipe) != 0 ? ERROR_SUCCESS : lastError();
    }

    @Override
    public int revertToSelf() {
        return ADVAPI32.RevertToSelf() != 0 ? ERROR_SUCCESS : lastError();
    }
}
