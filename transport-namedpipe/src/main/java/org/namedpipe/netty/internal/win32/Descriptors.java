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
import static org.namedpipe.netty.internal.win32.Win32.KERNEL32;
import static org.namedpipe.netty.internal.win32.Win32.lastError;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_SUCCESS;

import java.lang.ref.Reference;
import org.namedpipe.netty.win32.WindowsException;

/** Makes security descriptors from text, and text from those of objects. */
final class Descriptors {
    private static final int SDDL_REVISION_1 = 1;
    private static final int SE_KERNEL_OBJECT = 6;
    private static final int OWNER_SECURITY_INFORMATION = 0x1;
    private static final int GROUP_SECURITY_INFORMATION = 0x2;
    private static final int DACL_SECURITY_INFORMATION = 0x4;
    private static final int LABEL_SECURITY_INFORMATION = 0x10;

    /** In the scratch memory, behind the address of the descriptor. */
    private static final int OWNER_AT = 8;

    private Descriptors() {}

    static long create(String sddl) {
        NativeMemory text = WideText.copyOf(sddl);
        Scratch descriptor = Scratch.ofThread();
        try {
            int succeeded = ADVAPI32.ConvertStringSecurityDescriptorToSecurityDescriptorW(
                    text.address(), SDDL_REVISION_1, descriptor.address(), 0);
            return succeeded != 0 ? descriptor.getLong() : -lastError();
        } finally {
            Reference.reachabilityFence(text);
        }
    }

    static String ofObject(long handle) throws WindowsException {
        int information = OWNER_SECURITY_INFORMATION
                | GROUP_SECURITY_INFORMATION
                | DACL_SECURITY_INFORMATION
                | LABEL_SECURITY_INFORMATION;
        long descriptor = securityInfo(handle, information, 0);
        try {
            return withoutEmptySacl(text(descriptor, information));
        } finally {
            KERNEL32.LocalFree(descriptor);
        }
    }

    /** Removes a SACL that holds no label: an object without a label may have an empty one, or a NULL one. */
    private static String withoutEmptySacl(String sddl) {
        int sacl = sddl.lastIndexOf("S:");
        return sacl < 0 || sddl.indexOf('(', sacl) >= 0 ? sddl : sddl.substring(0, sacl);
    }

    private static String text(long descriptor, int information) throws WindowsException {
        Scratch text = Scratch.ofThread();
        if (ADVAPI32.ConvertSecurityDescriptorToStringSecurityDescriptorW(
                        descriptor, SDDL_REVISION_1, information, text.address(), 0)
                == 0) {
            throw new WindowsException("ConvertSecurityDescriptorToStringSecurityDescriptor", "pipe", lastError());
        }
        return WideText.take(text.getLong());
    }

    static String ownerOfObject(long handle) throws WindowsException {
        Scratch results = Scratch.ofThread();
        long descriptor = securityInfo(handle, OWNER_SECURITY_INFORMATION, results.address() + OWNER_AT);
        try {
            long sid = results.getLong(OWNER_AT);
            if (sid == 0) {
                throw new WindowsException("GetSecurityInfo", "owner", Win32Error.ERROR_INVALID_OWNER);
            }
            return Sids.text(sid);
        } finally {
            KERNEL32.LocalFree(descriptor);
        }
    }

    /** The address of a new descriptor; {@code owner} is where to put the address of the owner in it. */
    private static long securityInfo(long handle, int information, long owner) throws WindowsException {
        Scratch descriptor = Scratch.ofThread();
        int error =
                ADVAPI32.GetSecurityInfo(handle, SE_KERNEL_OBJECT, information, owner, 0, 0, 0, descriptor.address());
        if (error != ERROR_SUCCESS) {
            throw new WindowsException("GetSecurityInfo", "pipe", error);
        }
        return descriptor.getLong();
    }
}
