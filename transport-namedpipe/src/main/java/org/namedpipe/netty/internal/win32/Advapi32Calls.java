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

/** The functions of {@code advapi32.dll} that this transport calls. */
interface Advapi32Calls {
    int ConvertStringSecurityDescriptorToSecurityDescriptorW(
            long sddl, int revision, long securityDescriptor, long securityDescriptorSize);

    int ConvertSecurityDescriptorToStringSecurityDescriptorW(
            long securityDescriptor, int revision, int information, long text, long textLength);

    int GetSecurityInfo(
            long handle,
            int objectType,
            int information,
            long owner,
            long group,
            long dacl,
            long sacl,
            long descriptor);

    int GetSecurityDescriptorDacl(long descriptor, long present, long dacl, long defaulted);

    int GetSecurityDescriptorOwner(long descriptor, long owner, long defaulted);

    int ConvertSidToStringSidW(long sid, long text);

    int OpenProcessToken(long process, int desiredAccess, long token);

    int OpenThreadToken(long thread, int desiredAccess, int openAsSelf, long token);

    int GetTokenInformation(long token, int informationClass, long information, int size, long needed);

    int ImpersonateNamedPipeClient(long pipe);

    int RevertToSelf();

    int ConvertStringSidToSidW(long text, long sid);

    int LookupAccountSidW(long system, long sid, long name, long nameLength, long domain, long domainLength, long use);

    int LookupAccountNameW(long system, long name, long sid, long sidSize, long domain, long domainLength, long use);
}
