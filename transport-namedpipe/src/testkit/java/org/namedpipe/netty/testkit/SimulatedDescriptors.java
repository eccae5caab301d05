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

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.DescriptorInformation;

/** The security descriptors by their address. An address must not be dereferenced. */
final class SimulatedDescriptors {
    // Not mapped in any process, so that an access fails.
    private static final long FIRST_ADDRESS = 0x7FFF_5D00_0000_0000L;

    private final MemoryGuard memory;
    private final Map<Long, String> texts = new HashMap<>();
    private long nextAddress = FIRST_ADDRESS;

    SimulatedDescriptors(MemoryGuard memory) {
        this.memory = memory;
    }

    long create(String sddl) {
        SimulatedAcl.parse(sddl, "");
        long address = nextAddress;
        nextAddress += 16;
        texts.put(address, sddl);
        return address;
    }

    void free(long address) {
        if (texts.remove(address) == null) {
            throw memory.fail("no security descriptor to free at 0x" + Long.toHexString(address));
        }
    }

    /** Returns the SDDL of the descriptor at an address, {@code null} for address 0. */
    @Nullable
    String text(long address) {
        if (address == 0) {
            return null;
        }
        String text = texts.get(address);
        if (text == null) {
            throw memory.fail("no security descriptor at 0x" + Long.toHexString(address));
        }
        return text;
    }

    /** Returns the descriptor at an address, for address 0 the default of pipes. */
    SimulatedAcl acl(long address, SimulatedProcess creator) {
        String text = text(address);
        return SimulatedAcl.parse(
                text != null
                        ? text
                        : "D:(A;;FA;;;SY)(A;;FA;;;BA)(A;;FA;;;" + creator.userSid() + ")(A;;FR;;;WD)(A;;FR;;;AN)",
                creator.userSid());
    }

    /** Returns the parts of the descriptor at an address. */
    DescriptorInformation facts(long address) {
        String text = text(address);
        if (text == null) {
            throw memory.fail("no security descriptor at address 0");
        }
        return SimulatedAcl.parse(text, "").facts();
    }

    int size() {
        return texts.size();
    }
}
