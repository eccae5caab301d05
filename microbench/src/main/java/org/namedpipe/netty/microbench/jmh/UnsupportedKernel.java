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
package org.namedpipe.netty.microbench.jmh;

import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.DescriptorInformation;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.TokenInformation;
import org.namedpipe.netty.internal.win32.Win32Error;

/** Throws in all calls that no benchmark makes. */
abstract class UnsupportedKernel implements Kernel {
    @Override
    public long createWaitPacket() {
        return -Win32Error.ERROR_PROC_NOT_FOUND;
    }

    @Override
    public long createTimer() {
        throw new UnsupportedOperationException("createTimer");
    }

    @Override
    public int setTimer(long timer, long delayNanos) {
        throw new UnsupportedOperationException("setTimer");
    }

    @Override
    public int associateWaitPacket(long waitPacket, long port, long object, long key, long overlapped) {
        throw new UnsupportedOperationException("associateWaitPacket");
    }

    @Override
    public int cancelWaitPacket(long waitPacket) {
        throw new UnsupportedOperationException("cancelWaitPacket");
    }

    @Override
    public long holdNamedPipe(String path, int openMode, int pipeMode) {
        throw new UnsupportedOperationException("holdNamedPipe");
    }

    @Override
    public int disconnectNamedPipe(long handle) {
        throw new UnsupportedOperationException("disconnectNamedPipe");
    }

    @Override
    public int setNamedPipeHandleState(long handle, int mode) {
        throw new UnsupportedOperationException("setNamedPipeHandleState");
    }

    @Override
    public int queryPipe(long handle, long information) {
        throw new UnsupportedOperationException("queryPipe");
    }

    @Override
    public int flushFileBuffers(long handle) {
        throw new UnsupportedOperationException("flushFileBuffers");
    }

    @Override
    public long openCurrentThread() {
        throw new UnsupportedOperationException("openCurrentThread");
    }

    @Override
    public int cancelSynchronousIo(long thread) {
        throw new UnsupportedOperationException("cancelSynchronousIo");
    }

    @Override
    public int ntStatusToWin32(int status) {
        throw new UnsupportedOperationException("ntStatusToWin32");
    }

    @Override
    public long getNamedPipeClientProcessId(long pipe) {
        throw new UnsupportedOperationException("getNamedPipeClientProcessId");
    }

    @Override
    public long getNamedPipeServerProcessId(long pipe) {
        throw new UnsupportedOperationException("getNamedPipeServerProcessId");
    }

    @Override
    public long getNamedPipeClientSessionId(long pipe) {
        throw new UnsupportedOperationException("getNamedPipeClientSessionId");
    }

    @Override
    public long getNamedPipeServerSessionId(long pipe) {
        throw new UnsupportedOperationException("getNamedPipeServerSessionId");
    }

    @Override
    public @Nullable String getNamedPipeClientComputerName(long pipe) {
        throw new UnsupportedOperationException("getNamedPipeClientComputerName");
    }

    @Override
    public long openProcess(long processId) {
        throw new UnsupportedOperationException("openProcess");
    }

    @Override
    public long processCreationTime(long process) {
        throw new UnsupportedOperationException("processCreationTime");
    }

    @Override
    public long systemTime() {
        return 0;
    }

    @Override
    public long openProcessToken(long process) {
        throw new UnsupportedOperationException("openProcessToken");
    }

    @Override
    public long openThreadToken() {
        throw new UnsupportedOperationException("openThreadToken");
    }

    @Override
    public TokenInformation tokenInformation(long token) {
        throw new UnsupportedOperationException("tokenInformation");
    }

    @Override
    public String currentUserSid() {
        throw new UnsupportedOperationException("currentUserSid");
    }

    @Override
    public String currentLogonSid() {
        throw new UnsupportedOperationException("currentLogonSid");
    }

    @Override
    public String accountName(String sid) {
        throw new UnsupportedOperationException("accountName");
    }

    @Override
    public String accountSid(String name) {
        throw new UnsupportedOperationException("accountSid");
    }

    @Override
    public DescriptorInformation descriptorInformation(long address) {
        throw new UnsupportedOperationException("descriptorInformation");
    }

    @Override
    public String securityDescriptorOf(long handle) {
        return "D:";
    }

    @Override
    public String ownerSid(long handle) {
        throw new UnsupportedOperationException("ownerSid");
    }

    @Override
    public long duplicateHandle(long handle) {
        throw new UnsupportedOperationException("duplicateHandle");
    }

    @Override
    public int impersonateNamedPipeClient(long pipe) {
        throw new UnsupportedOperationException("impersonateNamedPipeClient");
    }

    @Override
    public int revertToSelf() {
        throw new UnsupportedOperationException("revertToSelf");
    }
}
