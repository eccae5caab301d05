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

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.win32.WindowsException;

/** Reads the owner and the DACL out of a security descriptor in native memory. */
final class JnaDescriptorInformation {
    // ACL: | AclRevision 1 | Sbz1 1 | AclSize 2 | AceCount 2 | Sbz2 2 | ACEs
    private static final int ACE_COUNT = 4;
    private static final int FIRST_ACE = 8;

    // ACE: | AceType 1 | AceFlags 1 | AceSize 2 | Mask 4 | Sid, or for an object | Flags 4 | up to two GUIDs | Sid
    private static final int ACE_FLAGS = 1;
    private static final int ACE_SIZE = 2;
    private static final int ACE_MASK = 4;
    private static final int ACE_SID = 8;
    private static final int OBJECT_SID = 12;
    private static final int GUID_SIZE = 16;

    private static final int INHERIT_ONLY_ACE = 0x8;

    private JnaDescriptorInformation() {}

    static DescriptorInformation read(long descriptor) throws WindowsException {
        // | BOOL | padding | pointer |
        Memory answer = new Memory(2L * Long.BYTES);
        answer.clear();
        long flag = Pointer.nativeValue(answer);
        long pointer = flag + Long.BYTES;
        try {
            check("GetSecurityDescriptorOwner", Advapi32Calls.GetSecurityDescriptorOwner(descriptor, pointer, flag));
            long owner = answer.getLong(Long.BYTES);
            answer.clear();
            Memory defaulted = new Memory(Integer.BYTES);
            check(
                    "GetSecurityDescriptorDacl",
                    Advapi32Calls.GetSecurityDescriptorDacl(descriptor, flag, pointer, Pointer.nativeValue(defaulted)));
            long dacl = answer.getInt(0) == 0 ? 0 : answer.getLong(Long.BYTES);
            return new DescriptorInformation(owner == 0 ? null : JnaSids.text(owner), dacl == 0 ? null : entries(dacl));
        } finally {
            Reference.reachabilityFence(answer);
        }
    }

    private static void check(String call, int succeeded) throws WindowsException {
        if (succeeded == 0) {
            throw new WindowsException(call, "security descriptor", JnaKernel.lastError());
        }
    }

    private static List<DescriptorInformation.Entry> entries(long dacl) throws WindowsException {
        List<DescriptorInformation.Entry> entries = new ArrayList<>();
        Pointer acl = new Pointer(dacl);
        long offset = FIRST_ACE;
        for (int i = acl.getShort(ACE_COUNT) & 0xFFFF; i > 0; i--) {
            Pointer ace = acl.share(offset);
            DescriptorInformation.Entry entry = entry(ace);
            if (entry != null && (ace.getByte(ACE_FLAGS) & INHERIT_ONLY_ACE) == 0) {
                entries.add(entry);
            }
            offset += ace.getShort(ACE_SIZE) & 0xFFFF;
        }
        return entries;
    }

    /** By type: ACCESS_ALLOWED_ACE and ACCESS_DENIED_ACE, their kinds for an object, under a condition, and both. */
    private static DescriptorInformation.@Nullable Entry entry(Pointer ace) throws WindowsException {
        return switch (ace.getByte(0)) {
            case 0x0, 0x9 -> entry(ace, true, ACE_SID);
            case 0x1 -> entry(ace, false, ACE_SID);
            case 0x5, 0xB -> entry(ace, true, sidOfObject(ace));
            // A denial for one kind of object, or under a condition, need not apply.
            default -> null;
        };
    }

    private static int sidOfObject(Pointer ace) {
        return OBJECT_SID + GUID_SIZE * Integer.bitCount(ace.getInt(ACE_SID) & 0x3);
    }

    private static DescriptorInformation.Entry entry(Pointer ace, boolean allows, int sid) throws WindowsException {
        return new DescriptorInformation.Entry(
                allows, ace.getInt(ACE_MASK), JnaSids.text(Pointer.nativeValue(ace) + sid));
    }
}
