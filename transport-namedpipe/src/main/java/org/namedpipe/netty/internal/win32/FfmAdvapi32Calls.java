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

/** {@link Advapi32Calls}, as downcalls of {@code java.lang.foreign}. */
final class FfmAdvapi32Calls implements Advapi32Calls {
    private static final FfmLibrary DLL = FfmLibrary.load("advapi32", Advapi32Calls.class);

    private static final MethodHandle CONVERT_STRING_SECURITY_DESCRIPTOR_TO_SECURITY_DESCRIPTOR_W =
            DLL.function("ConvertStringSecurityDescriptorToSecurityDescriptorW");
    private static final MethodHandle CONVERT_SECURITY_DESCRIPTOR_TO_STRING_SECURITY_DESCRIPTOR_W =
            DLL.function("ConvertSecurityDescriptorToStringSecurityDescriptorW");
    private static final MethodHandle GET_SECURITY_INFO = DLL.function("GetSecurityInfo");
    private static final MethodHandle GET_SECURITY_DESCRIPTOR_DACL = DLL.function("GetSecurityDescriptorDacl");
    private static final MethodHandle GET_SECURITY_DESCRIPTOR_OWNER = DLL.function("GetSecurityDescriptorOwner");
    private static final MethodHandle CONVERT_SID_TO_STRING_SID_W = DLL.function("ConvertSidToStringSidW");
    private static final MethodHandle OPEN_PROCESS_TOKEN = DLL.function("OpenProcessToken");
    private static final MethodHandle OPEN_THREAD_TOKEN = DLL.function("OpenThreadToken");
    private static final MethodHandle GET_TOKEN_INFORMATION = DLL.function("GetTokenInformation");
    private static final MethodHandle IMPERSONATE_NAMED_PIPE_CLIENT = DLL.function("ImpersonateNamedPipeClient");
    private static final MethodHandle REVERT_TO_SELF = DLL.function("RevertToSelf");
    private static final MethodHandle CONVERT_STRING_SID_TO_SID_W = DLL.function("ConvertStringSidToSidW");
    private static final MethodHandle LOOKUP_ACCOUNT_SID_W = DLL.function("LookupAccountSidW");
    private static final MethodHandle LOOKUP_ACCOUNT_NAME_W = DLL.function("LookupAccountNameW");

    @Override
    public int ConvertStringSecurityDescriptorToSecurityDescriptorW(
            long sddl, int revision, long securityDescriptor, long securityDescriptorSize) {
        return (int) Downcall.call(
                CONVERT_STRING_SECURITY_DESCRIPTOR_TO_SECURITY_DESCRIPTOR_W,
                sddl,
                revision,
                securityDescriptor,
                securityDescriptorSize);
    }

    @Override
    public int ConvertSecurityDescriptorToStringSecurityDescriptorW(
            long securityDescriptor, int revision, int information, long text, long textLength) {
        return (int) Downcall.call(
                CONVERT_SECURITY_DESCRIPTOR_TO_STRING_SECURITY_DESCRIPTOR_W,
                securityDescriptor,
                revision,
                information,
                text,
                textLength);
    }

    @Override
    public int GetSecurityInfo(
            long handle,
            int objectType,
            int information,
            long owner,
            long group,
            long dacl,
            long sacl,
            long descriptor) {
        return (int)
                Downcall.call(GET_SECURITY_INFO, handle, objectType, information, owner, group, dacl, sacl, descriptor);
    }

    @Override
    public int GetSecurityDescriptorDacl(long descriptor, long present, long dacl, long defaulted) {
        return (int) Downcall.call(GET_SECURITY_DESCRIPTOR_DACL, descriptor, present, dacl, defaulted);
    }

    @Override
    public int GetSecurityDescriptorOwner(long descriptor, long owner, long defaulted) {
        return (int) Downcall.call(GET_SECURITY_DESCRIPTOR_OWNER, descriptor, owner, defaulted);
    }

    @Override
    public int ConvertSidToStringSidW(long sid, long text) {
        return (int) Downcall.call(CONVERT_SID_TO_STRING_SID_W, sid, text);
    }

    @Override
    public int OpenProcessToken(long process, int desiredAccess, long token) {
        return (int) Downcall.call(OPEN_PROCESS_TOKEN, process, desiredAccess, token);
    }

    @Override
    public int OpenThreadToken(long thread, int desiredAccess, int openAsSelf, long token) {
        return (int) Downcall.call(OPEN_THREAD_TOKEN, thread, desiredAccess, openAsSelf, token);
    }

    @Override
    public int GetTokenInformation(long token, int informationClass, long information, int size, long needed) {
        return (int) Downcall.call(GET_TOKEN_INFORMATION, token, informationClass, information, size, needed);
    }

    @Override
    public int ImpersonateNamedPipeClient(long pipe) {
        return (int) Downcall.call(IMPERSONATE_NAMED_PIPE_CLIENT, pipe);
    }

    @Override
    public int RevertToSelf() {
        return (int) Downcall.call(REVERT_TO_SELF);
    }

    @Override
    public int ConvertStringSidToSidW(long text, long sid) {
        return (int) Downcall.call(CONVERT_STRING_SID_TO_SID_W, text, sid);
    }

    @Override
    public int LookupAccountSidW(
            long system, long sid, long name, long nameLength, long domain, long domainLength, long use) {
        return (int) Downcall.call(LOOKUP_ACCOUNT_SID_W, system, sid, name, nameLength, domain, domainLength, use);
    }

    @Override
    public int LookupAccountNameW(
            long system, long name, long sid, long sidSize, long domain, long domainLength, long use) {
        return (int) Downcall.call(LOOKUP_ACCOUNT_NAME_W, system, name, sid, sidSize, domain, domainLength, use);
    }
}
