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

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;

/** The Windows calls that only tests make. */
public final class JnaTestCalls {
    private static final int HANDLE_FLAG_INHERIT = 1;
    private static final int SDDL_REVISION_1 = 1;
    private static final int SE_KERNEL_OBJECT = 6;
    private static final int OWNER_AND_DACL = 0x1 | 0x4;

    private static final class Kernel32 {
        static {
            Native.register(Kernel32.class, "kernel32");
        }

        static native int SetEvent(long event);

        static native int GetHandleInformation(long handle, IntByReference flags);

        static native long LocalFree(Pointer memory);
    }

    private static final class Advapi32Text {
        static {
            Native.register(Advapi32Text.class, "advapi32");
        }

        static native int ConvertSecurityDescriptorToStringSecurityDescriptorW(
                Pointer descriptor, int revision, int information, PointerByReference text, IntByReference length);
    }

    private JnaTestCalls() {}

    public static void setEvent(long event) {
        assertThat(Kernel32.SetEvent(event)).as("SetEvent").isNotZero();
    }

    public static boolean isInheritable(long handle) {
        IntByReference flags = new IntByReference();
        assertThat(Kernel32.GetHandleInformation(handle, flags))
                .as("GetHandleInformation")
                .isNotZero();
        return (flags.getValue() & HANDLE_FLAG_INHERIT) != 0;
    }

    /** Returns owner and DACL of the object of a handle, as SDDL. */
    public static String sddlOf(long handle) {
        PointerByReference descriptor = new PointerByReference();
        int error = Advapi32.INSTANCE.GetSecurityInfo(
                new WinNT.HANDLE(new Pointer(handle)),
                SE_KERNEL_OBJECT,
                OWNER_AND_DACL,
                null,
                null,
                null,
                null,
                descriptor);
        assertThat(error).as("GetSecurityInfo").isZero();
        try {
            return sddl(descriptor.getValue());
        } finally {
            Kernel32.LocalFree(descriptor.getValue());
        }
    }

    /** Returns owner and DACL of a security descriptor, as SDDL. */
    public static String sddl(Pointer descriptor) {
        PointerByReference text = new PointerByReference();
        assertThat(Advapi32Text.ConvertSecurityDescriptorToStringSecurityDescriptorW(
                        descriptor, SDDL_REVISION_1, OWNER_AND_DACL, text, new IntByReference()))
                .as("ConvertSecurityDescriptorToStringSecurityDescriptor")
                .isNotZero();
        try {
            return text.getValue().getWideString(0);
        } finally {
            Kernel32.LocalFree(text.getValue());
        }
    }
}
