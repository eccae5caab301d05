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
import static org.namedpipe.netty.internal.win32.Win32.lastError;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.win32.WindowsException;

/** Reads the owner and the DACL out of a security descriptor in native memory. */
final class DescriptorReader {
    // ACL: | AclRevision 1 | Sbz1 1 | AclSize 2 | AceCount 2 | Sbz2 2 | ACEs
    private static final int ACL_SIZE = 2;
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

    // In the scratch memory: | pointer | BOOL | BOOL |
    private static final int FLAG_AT = 8;
    private static final int DEFAULTED_AT = 12;

    private DescriptorReader() {}

    static DescriptorInformation read(long descriptor) throws WindowsException {
        Scratch results = Scratch.ofThread();
        long pointer = results.address();
        long flag = pointer + FLAG_AT;
        check("GetSecurityDescriptorOwner", ADVAPI32.GetSecurityDescriptorOwner(descriptor, pointer, flag));
        long owner = results.getLong();
        results.putLong(0);
        check(
                "GetSecurityDescriptorDacl",
                ADVAPI32.GetSecurityDescriptorDacl(descriptor, flag, pointer, pointer + DEFAULTED_AT));
        long dacl = results.getInt(FLAG_AT) == 0 ? 0 : results.getLong();
        return new DescriptorInformation(owner == 0 ? null : Sids.text(owner), dacl == 0 ? null : entries(dacl));
    }

    private static void check(String call, int succeeded) throws WindowsException {
        if (succeeded == 0) {
            throw new WindowsException(call, "security descriptor", lastError());
        }
    }

    private static List<DescriptorInformation.Entry> entries(long dacl) throws WindowsException {
        List<DescriptorInformation.Entry> entries = new ArrayList<>();
        int size = NativeMemory.at(dacl, FIRST_ACE).getShort(ACL_SIZE) & 0xFFFF;
        ByteBuffer acl = NativeMemory.at(dacl, size);
        int ace = FIRST_ACE;
        for (int i = acl.getShort(ACE_COUNT) & 0xFFFF; i > 0; i--) {
            DescriptorInformation.Entry entry = entry(acl, ace, dacl);
            if (entry != null && (acl.get(ace + ACE_FLAGS) & INHERIT_ONLY_ACE) == 0) {
                entries.add(entry);
            }
            ace += acl.getShort(ace + ACE_SIZE) & 0xFFFF;
        }
        return entries;
    }

    /** By type: ACCESS_ALLOWED_ACE and ACCESS_DENIED_ACE, their kinds for an object, under a condition, and both. */
    private static DescriptorInformation.@Nullable Entry entry(ByteBuffer acl, int ace, long dacl)
            throws WindowsException {
        int mask = acl.getInt(ace + ACE_MASK);
        long sid = dacl + ace + ACE_SID;
        return switch (acl.get(ace)) {
            case 0x0, 0x9 -> new DescriptorInformation.Entry(true, mask, Sids.text(sid));
            case 0x1 -> new DescriptorInformation.Entry(false, mask, Sids.text(sid));
            case 0x5, 0xB -> new DescriptorInformation.Entry(true, mask, Sids.text(dacl + ace + sidOfObject(acl, ace)));
            // A denial for one kind of object, or under a condition, need not apply.
            default -> null;
        };
    }

    private static int sidOfObject(ByteBuffer acl, int ace) {
        return OBJECT_SID + GUID_SIZE * Integer.bitCount(acl.getInt(ace + ACE_SID) & 0x3);
    }
}
