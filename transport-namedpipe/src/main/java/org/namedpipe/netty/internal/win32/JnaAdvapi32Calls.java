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

import com.sun.jna.Native;

/** {@link Advapi32Calls}, direct-mapped by JNA. */
final class JnaAdvapi32Calls implements Advapi32Calls {
    static {
        Native.register(JnaAdvapi32Calls.class, "advapi32");
    }

    @Override
    public native int ConvertStringSecurityDescriptorToSecurityDescriptorW(
            long sddl, int revision, long securityDescriptor, long securityDescriptorSize);

    @Override
    public native int ConvertSecurityDescriptorToStringSecurityDescriptorW(
            long securityDescriptor, int revision, int information, long text, long textLength);

    @Override
    public native int GetSecurityInfo(
            long handle,
            int objectType,
            int information,
            long owner,
            long group,
            long dacl,
            long sacl,
            long descriptor);

    @Override
    public native int GetSecurityDescriptorDacl(long descriptor, long present, long dacl, long defaulted);

    @Override
    public native int GetSecurityDescriptorOwner(long descriptor, long owner, long defaulted);

    @Override
    public native int ConvertSidToStringSidW(long sid, long text);

    @Override
    public native int OpenProcessToken(long process, int desiredAccess, long token);

    @Override
    public native int OpenThreadToken(long thread, int desiredAccess, int openAsSelf, long token);

    @Override
    public native int GetTokenInformation(long token, int informationClass, long information, int size, long needed);

    @Override
    public native int ImpersonateNamedPipeClient(long pipe);

    @Override
    public native int RevertToSelf();

    @Override
    public native int ConvertStringSidToSidW(long text, long sid);

    @Override
    public native int LookupAccountSidW(
            long system, long sid, long name, long nameLength, long domain, long domainLength, long use);

    @Override
    public native int LookupAccountNameW(
            long system, long name, long sid, long sidSize, long domain, long domainLength, long use);
}
