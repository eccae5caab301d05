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

import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_SUCCESS;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.DescriptorInformation;
import org.namedpipe.netty.internal.win32.TokenInformation;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.win32.WindowsException;

/** The calls of the {@link SimulatedKernel} for identity and security. */
abstract class SimulatedSecurityCalls extends SimulatedPipeCalls {
    SimulatedSecurityCalls(boolean manualCallbacks) {
        super(manualCallbacks);
    }

    /** Makes a call that returns an object, or throws if it fails. */
    private <T> T object(String call, long handle, Supplier<T> body) throws WindowsException {
        Object[] result = new Object[1];
        int code = code(call, handle, () -> {
            result[0] = body.get();
            return ERROR_SUCCESS;
        });
        if (code != ERROR_SUCCESS) {
            throw new WindowsException(call, "simulated", code);
        }
        @SuppressWarnings("unchecked")
        T value = (T) result[0];
        return value;
    }

    // ---- processes of the two ends

    private SimulatedProcess peerOf(long handle, boolean ofServer) {
        SimulatedPipeEnd end = end(handle);
        if (!end.server && end.isDisconnected()) {
            throw new SimulatedFailure(Win32Error.ERROR_PIPE_NOT_CONNECTED);
        }
        SimulatedPipeEnd asked = end.server == ofServer ? end : end.lastPeer();
        if (asked == null) {
            throw new SimulatedFailure(Win32Error.ERROR_NOT_FOUND);
        }
        return asked.opener.process();
    }

    @Override
    public long getNamedPipeClientProcessId(long pipe) {
        return value(
                "GetNamedPipeClientProcessId",
                null,
                pipe,
                () -> peerOf(pipe, false).id());
    }

    @Override
    public long getNamedPipeServerProcessId(long pipe) {
        return value(
                "GetNamedPipeServerProcessId",
                null,
                pipe,
                () -> peerOf(pipe, true).id());
    }

    @Override
    public long getNamedPipeClientSessionId(long pipe) {
        return value(
                "GetNamedPipeClientSessionId",
                null,
                pipe,
                () -> peerOf(pipe, false).sessionId());
    }

    @Override
    public long getNamedPipeServerSessionId(long pipe) {
        return value(
                "GetNamedPipeServerSessionId",
                null,
                pipe,
                () -> peerOf(pipe, true).sessionId());
    }

    @Override
    public @Nullable String getNamedPipeClientComputerName(long pipe) throws WindowsException {
        return this.<@Nullable String>object(
                "GetNamedPipeClientComputerName",
                pipe,
                () -> peerOf(pipe, false).computer());
    }

    // ---- tokens

    @Override
    public long openProcess(long processId) {
        return value("OpenProcess", null, 0, () -> handles.add(security.running(processId)));
    }

    @Override
    public long processCreationTime(long process) {
        return value(
                "ProcessCreationTime", null, process, () -> running(process).created());
    }

    @Override
    public long systemTime() {
        return value("SystemTime", null, 0, security.clock::now);
    }

    @Override
    public long openProcessToken(long process) {
        return value("OpenProcessToken", null, process, () -> {
            return handles.add(new SimulatedToken(running(process).process(), TokenInformation.PRIMARY));
        });
    }

    private SimulatedSecurity.Running running(long process) {
        return handles.get(process, SimulatedSecurity.Running.class);
    }

    @Override
    public long openThreadToken() {
        return value("OpenThreadToken", null, 0, () -> handles.add(security.threadToken()));
    }

    @Override
    public TokenInformation tokenInformation(long token) throws WindowsException {
        return object(
                "TokenInformation",
                token,
                () -> handles.get(token, SimulatedToken.class).facts());
    }

    @Override
    public String currentUserSid() throws WindowsException {
        return object("CurrentUserSid", 0, () -> security.caller().userSid());
    }

    @Override
    public String currentLogonSid() throws WindowsException {
        return object("CurrentLogonSid", 0, () -> security.caller().logonSid());
    }

    @Override
    public TokenInformation processTokenInformation() throws WindowsException {
        return object(
                "ProcessTokenInformation",
                0,
                () -> new SimulatedToken(security.caller(), TokenInformation.PRIMARY).facts());
    }

    // ---- accounts

    @Override
    public String accountName(String sid) throws WindowsException {
        return object("AccountName", 0, () -> security.accountName(sid));
    }

    @Override
    public String accountSid(String name) throws WindowsException {
        return object("AccountSid", 0, () -> security.accountSid(name));
    }

    // ---- security of objects

    @Override
    public long createSecurityDescriptor(String sddl) {
        return value("CreateSecurityDescriptor", null, 0, () -> descriptors.create(sddl));
    }

    @Override
    public void freeSecurityDescriptor(long address) {
        code("FreeSecurityDescriptor", 0, () -> {
            descriptors.free(address);
            return ERROR_SUCCESS;
        });
    }

    @Override
    public DescriptorInformation descriptorInformation(long address) throws WindowsException {
        return object("DescriptorInformation", 0, () -> descriptors.facts(address));
    }

    @Override
    public String securityDescriptorOf(long handle) throws WindowsException {
        return object("SecurityDescriptorOf", handle, () -> end(handle).pipe.acl.text());
    }

    @Override
    public String ownerSid(long handle) throws WindowsException {
        return object("OwnerSid", handle, () -> end(handle).pipe.acl.owner());
    }

    // ---- impersonation

    @Override
    public long duplicateHandle(long handle) {
        return value("DuplicateHandle", null, handle, () -> {
            end(handle).addHandle();
            return handles.add(end(handle));
        });
    }

    @Override
    public int impersonateNamedPipeClient(long pipe) {
        return code("ImpersonateNamedPipeClient", pipe, () -> {
            security.impersonate(end(pipe));
            return ERROR_SUCCESS;
        });
    }

    @Override
    public int revertToSelf() {
        return code("RevertToSelf", 0, () -> {
            security.revert();
            return ERROR_SUCCESS;
        });
    }
}
