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
package org.namedpipe.netty.testkit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.namedpipe.netty.internal.win32.Win32Error;

/**
 * The mandatory label of an object, which is checked before its DACL. Source: [MS-DTYP] 2.5.3.3, the algorithm of the mandatory
 * integrity check, and 2.4.4.13, the entry of the SACL.
 *
 * @param level the last part of the SID, {@code 0x2000} for medium
 * @param policy the accesses that are denied to a process of a lower level
 */
record SimulatedLabel(int level, int policy) {
    private static final int NO_WRITE_UP = 0x1;
    private static final int NO_READ_UP = 0x2;
    private static final int NO_EXECUTE_UP = 0x4;

    private static final int FILE_GENERIC_READ = 0x12_0089;
    private static final int FILE_GENERIC_WRITE = 0x12_0116;
    private static final int FILE_GENERIC_EXECUTE = 0x12_00A0;

    private static final Pattern SID = Pattern.compile("S-1-16-(\\d+)");
    private static final Pattern POLICY = Pattern.compile("(?:NW|NR|NX)+");

    /** The label of an object without one. Source: "Mandatory Integrity Control", Windows documentation. */
    static final SimulatedLabel IMPLICIT = new SimulatedLabel(SimulatedProcess.MEDIUM, NO_WRITE_UP);

    /** Parses the rights and the SID of an {@code ML} entry, or fails with the code of Windows. */
    static SimulatedLabel parse(String rights, String sid) {
        Matcher level = SID.matcher(sid);
        if (!level.matches() || !POLICY.matcher(rights).matches()) {
            throw new SimulatedFailure(Win32Error.ERROR_INVALID_ACL);
        }
        int policy = (rights.contains("NW") ? NO_WRITE_UP : 0)
                | (rights.contains("NR") ? NO_READ_UP : 0)
                | (rights.contains("NX") ? NO_EXECUTE_UP : 0);
        return new SimulatedLabel(Integer.parseInt(level.group(1)), policy);
    }

    /** Returns true if the label allows a process these rights, without generic ones. The DACL is checked afterwards. */
    boolean allows(SimulatedProcess subject, int rights) {
        if (subject.integrity() >= level) {
            return true;
        }
        int allowed = ((policy & NO_READ_UP) == 0 ? FILE_GENERIC_READ : 0)
                | ((policy & NO_WRITE_UP) == 0 ? FILE_GENERIC_WRITE : 0)
                | ((policy & NO_EXECUTE_UP) == 0 ? FILE_GENERIC_EXECUTE : 0);
        return (rights & ~allowed) == 0;
    }
}
