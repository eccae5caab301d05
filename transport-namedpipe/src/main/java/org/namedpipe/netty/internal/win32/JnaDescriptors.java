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

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import org.namedpipe.netty.win32.WindowsException;

/** Makes security descriptors from text, and text from those of objects. */
final class JnaDescriptors {
    private static final int SDDL_REVISION_1 = 1;
    private static final int SE_KERNEL_OBJECT = 6;
    private static final int OWNER_SECURITY_INFORMATION = 0x1;
    private static final int GROUP_SECURITY_INFORMATION = 0x2;
    private static final int DACL_SECURITY_INFORMATION = 0x4;
    private static final int LABEL_SECURITY_INFORMATION = 0x10;

    private JnaDescriptors() {}

    static long create(String sddl) {
        Scratch scratch = Scratch.ofThread();
        return Advapi32Calls.ConvertStringSecurityDescriptorToSecurityDescriptorW(
                                Native.toCharArray(sddl), SDDL_REVISION_1, scratch.address(), 0)
                        != 0
                ? scratch.getLong()
                : -JnaKernel.lastError();
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
            Kernel32Calls.LocalFree(descriptor);
        }
    }

    /** Removes a SACL that holds no label: an object without a label may have an empty one, or a NULL one. */
    private static String withoutEmptySacl(String sddl) {
        int sacl = sddl.lastIndexOf("S:");
        return sacl < 0 || sddl.indexOf('(', sacl) >= 0 ? sddl : sddl.substring(0, sacl);
    }

    private static String text(long descriptor, int information) throws WindowsException {
        Memory text = new Memory(Long.BYTES);
        if (Advapi32Calls.ConvertSecurityDescriptorToStringSecurityDescriptorW(
                        descriptor, SDDL_REVISION_1, information, Pointer.nativeValue(text), 0)
                == 0) {
            throw new WindowsException(
                    "ConvertSecurityDescriptorToStringSecurityDescriptor", "pipe", JnaKernel.lastError());
        }
        return JnaSids.takeString(text.getPointer(0));
    }

    static String ownerOfObject(long handle) throws WindowsException {
        Memory owner = new Memory(Long.BYTES);
        long descriptor = securityInfo(handle, OWNER_SECURITY_INFORMATION, Pointer.nativeValue(owner));
        try {
            long sid = owner.getLong(0);
            if (sid == 0) {
                throw new WindowsException("GetSecurityInfo", "owner", Win32Error.ERROR_INVALID_OWNER);
            }
            return JnaSids.text(sid);
        } finally {
            Kernel32Calls.LocalFree(descriptor);
        }
    }

    /** The address of a new descriptor; {@code owner} is where to put the address of the owner in it. */
    private static long securityInfo(long handle, int information, long owner) throws WindowsException {
        Memory descriptor = new Memory(Long.BYTES);
        int error = Advapi32Calls.GetSecurityInfo(
                handle, SE_KERNEL_OBJECT, information, owner, 0, 0, 0, Pointer.nativeValue(descriptor));
        if (error != ERROR_SUCCESS) {
            throw new WindowsException("GetSecurityInfo", "pipe", error);
        }
        return descriptor.getLong(0);
    }
}
