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

/** The functions of {@code advapi32.dll} that this transport calls, direct-mapped. */
final class Advapi32Calls {
    static {
        Native.register(Advapi32Calls.class, "advapi32");
    }

    private Advapi32Calls() {}

    static native int ConvertStringSecurityDescriptorToSecurityDescriptorW(
            char[] sddl, int revision, long securityDescriptor, long securityDescriptorSize);

    static native int ConvertSecurityDescriptorToStringSecurityDescriptorW(
            long securityDescriptor, int revision, int information, long text, long textLength);

    static native int GetSecurityInfo(
            long handle,
            int objectType,
            int information,
            long owner,
            long group,
            long dacl,
            long sacl,
            long descriptor);

    static native int GetSecurityDescriptorDacl(long descriptor, long present, long dacl, long defaulted);

    static native int GetSecurityDescriptorOwner(long descriptor, long owner, long defaulted);

    static native int ConvertSidToStringSidW(long sid, long text);

    static native int OpenProcessToken(long process, int desiredAccess, long token);

    static native int OpenThreadToken(long thread, int desiredAccess, int openAsSelf, long token);

    static native int GetTokenInformation(long token, int informationClass, long information, int size, long needed);

    static native int ImpersonateNamedPipeClient(long pipe);

    static native int RevertToSelf();
}
