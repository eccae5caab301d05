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

import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.win32.WindowsException;

/**
 * The security calls of Windows: identity of processes, tokens and pipe ends, security of objects,
 * impersonation. None is on the path of a byte. The conventions are those of {@link Kernel}; what is text comes as such, and
 * such a call throws what went wrong.
 */
public interface SecurityKernel {

    // ---- who is at the other end

    /**
     * The process that opened the client end. Ask only while a client is connected: Wine answers with rubbish otherwise.
     *
     * @return a process id, or a negated error code
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-getnamedpipeclientprocessid">GetNamedPipeClientProcessId</a>
     */
    long getNamedPipeClientProcessId(long pipe);

    /**
     * The process that created the instance.
     *
     * @return a process id, or a negated error code
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-getnamedpipeserverprocessid">GetNamedPipeServerProcessId</a>
     */
    long getNamedPipeServerProcessId(long pipe);

    /**
     * The session of the process that opened the client end.
     *
     * @return a session id, or a negated error code
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-getnamedpipeclientsessionid">GetNamedPipeClientSessionId</a>
     */
    long getNamedPipeClientSessionId(long pipe);

    /**
     * The session of the process that created the instance.
     *
     * @return a session id, or a negated error code
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-getnamedpipeserversessionid">GetNamedPipeServerSessionId</a>
     */
    long getNamedPipeServerSessionId(long pipe);

    /**
     * The computer a client connected from, {@code null} if it is this one ({@code ERROR_PIPE_LOCAL}).
     *
     * @throws WindowsException if the call fails
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-getnamedpipeclientcomputernamew">GetNamedPipeClientComputerNameW</a>
     */
    @Nullable
    String getNamedPipeClientComputerName(long pipe) throws WindowsException;

    // ---- tokens

    /**
     * Opens a process with {@code PROCESS_QUERY_LIMITED_INFORMATION}, to be closed with {@link Kernel#closeHandle}. While it is
     * open Windows gives its number to no other process.
     *
     * @return a handle, or a negated error code
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/processthreadsapi/nf-processthreadsapi-openprocess">OpenProcess</a>
     */
    long openProcess(long processId);

    /**
     * Returns when a process was created, in units of 100 ns as {@link #systemTime()} does, or a negated error code.
     *
     * @param process of {@link #openProcess}
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/processthreadsapi/nf-processthreadsapi-getprocesstimes">GetProcessTimes</a>
     */
    long processCreationTime(long process);

    /**
     * Returns the time of the system's clock in units of 100 ns since 1601, UTC. It is the precise one: the other may be up to
     * 16 ms slow, and a process that was just created would seem to be younger than now.
     *
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/sysinfoapi/nf-sysinfoapi-getsystemtimepreciseasfiletime">GetSystemTimePreciseAsFileTime</a>
     */
    long systemTime();

    /**
     * Opens the token of a process, to be closed with {@link Kernel#closeHandle}.
     *
     * @param process of {@link #openProcess}
     * @return a handle, or a negated error code
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/processthreadsapi/nf-processthreadsapi-openprocesstoken">OpenProcessToken</a>
     */
    long openProcessToken(long process);

    /**
     * Opens the token that the calling thread impersonates, to be closed with {@link Kernel#closeHandle}.
     *
     * @return a handle, or a negated error code: {@code ERROR_NO_TOKEN} if the thread does not impersonate,
     *     {@code ERROR_CANT_OPEN_ANONYMOUS} if it impersonates an anonymous client
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/processthreadsapi/nf-processthreadsapi-openthreadtoken">OpenThreadToken</a>
     */
    long openThreadToken();

    /**
     * Returns the facts of a token.
     *
     * @throws WindowsException if it cannot be asked
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/securitybaseapi/nf-securitybaseapi-gettokeninformation">GetTokenInformation</a>
     */
    TokenInformation tokenInformation(long token) throws WindowsException;

    /**
     * The security identifier of the user this process runs as, in its string form ({@code S-1-5-...}).
     *
     * @throws WindowsException if the process token cannot be read
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/securitybaseapi/nf-securitybaseapi-gettokeninformation">GetTokenInformation</a>
     */
    String currentUserSid() throws WindowsException;

    /**
     * The security identifier of the logon session this process belongs to.
     *
     * @throws WindowsException if the process token cannot be read, or belongs to none
     */
    String currentLogonSid() throws WindowsException;

    /**
     * Returns the facts of the token of this process, also while the calling thread impersonates a client.
     *
     * @throws WindowsException if the process token cannot be read
     */
    TokenInformation processTokenInformation() throws WindowsException;

    // ---- accounts

    /**
     * The account of an identifier, {@code DOMAIN\name}. May ask a domain controller, and block for it.
     *
     * @throws WindowsException {@code ERROR_NONE_MAPPED} if there is none
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-lookupaccountsidw">LookupAccountSidW</a>
     */
    String accountName(String sid) throws WindowsException;

    /**
     * The identifier of an account. May ask a domain controller, and block for it.
     *
     * @param name a user or group: {@code name}, {@code DOMAIN\name} or {@code name@domain}
     * @throws WindowsException {@code ERROR_NONE_MAPPED} if there is none
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-lookupaccountnamew">LookupAccountNameW</a>
     */
    String accountSid(String name) throws WindowsException;

    // ---- security of objects

    /**
     * Makes a self-relative security descriptor from its textual form.
     *
     * @return its address, to be given back to {@link #freeSecurityDescriptor}, or a negated error code
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/sddl/nf-sddl-convertstringsecuritydescriptortosecuritydescriptorw">ConvertStringSecurityDescriptorToSecurityDescriptorW</a>
     */
    long createSecurityDescriptor(String sddl);

    /**
     * Frees what {@link #createSecurityDescriptor} made.
     *
     * @see <a href="https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-localfree">LocalFree</a>
     */
    void freeSecurityDescriptor(long address);

    /**
     * Returns the owner and the DACL of a descriptor that {@link #createSecurityDescriptor} made.
     *
     * @throws WindowsException if the descriptor cannot be read
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/securitybaseapi/nf-securitybaseapi-getsecuritydescriptordacl">GetSecurityDescriptorDacl</a>
     */
    DescriptorInformation descriptorInformation(long address) throws WindowsException;

    /**
     * Owner, group, DACL and mandatory label (which Wine does not keep) of the object behind a handle, which must have been opened with {@code READ_CONTROL}.
     *
     * @throws WindowsException if they cannot be read
     * @see <a href="https://learn.microsoft.com/windows/win32/api/aclapi/nf-aclapi-getsecurityinfo">GetSecurityInfo</a>
     */
    String securityDescriptorOf(long handle) throws WindowsException;

    /**
     * The security identifier of the owner of the object behind a handle, which must have been opened with
     * {@code READ_CONTROL}.
     *
     * @throws WindowsException if it cannot be read
     * @see <a href="https://learn.microsoft.com/windows/win32/api/aclapi/nf-aclapi-getsecurityinfo">GetSecurityInfo</a>
     */
    String ownerSid(long handle) throws WindowsException;

    // ---- acting for a client

    /**
     * Opens the same object again, so that one thread may close its handle while another uses its own. Not inheritable.
     *
     * @return a handle, or a negated error code
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/handleapi/nf-handleapi-duplicatehandle">DuplicateHandle</a>
     */
    long duplicateHandle(long handle);

    /**
     * Has the calling thread act for the client of a pipe, until {@link #revertToSelf()}.
     *
     * @return a code; {@code ERROR_CANNOT_IMPERSONATE} before anything was read from the pipe
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/namedpipeapi/nf-namedpipeapi-impersonatenamedpipeclient">ImpersonateNamedPipeClient</a>
     */
    int impersonateNamedPipeClient(long pipe);

    /**
     * Has the calling thread act for its own process again. A thread for which this fails must not go on.
     *
     * @return a code
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/securitybaseapi/nf-securitybaseapi-reverttoself">RevertToSelf</a>
     */
    int revertToSelf();
}
