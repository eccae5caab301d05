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
package org.namedpipe.netty;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.DescriptorInformation;

/**
 * Finds entries of a security descriptor that hand the pipe to everyone: no DACL at all, or rights for a large group that let
 * its members serve the name's clients or rewrite the descriptor.
 */
final class DescriptorCheck {
    private static final int FILE_CREATE_PIPE_INSTANCE = 0x4;
    private static final int WRITE_DAC = 0x4_0000;
    private static final int WRITE_OWNER = 0x8_0000;
    private static final int GENERIC_WRITE = 0x4000_0000;
    private static final int GENERIC_ALL = 0x1000_0000;

    private static final int FILE_GENERIC_WRITE = 0x12_0116;
    private static final int FILE_ALL_ACCESS = 0x1F_01FF;

    private static final String EVERYONE = "S-1-1-0";

    /** Groups that other users' processes are in without the choice of an administrator. */
    private static final Set<String> LARGE_GROUPS = Set.of(
            EVERYONE,
            "S-1-2-0", // local
            "S-1-2-1", // console logon
            "S-1-5-1", // dial-up
            "S-1-5-2", // network
            "S-1-5-3", // batch
            "S-1-5-4", // interactive
            "S-1-5-6", // services
            "S-1-5-7", // anonymous
            "S-1-5-11", // authenticated users
            "S-1-5-12", // restricted code
            "S-1-5-14", // remote interactive
            "S-1-5-15", // this organization
            "S-1-5-33", // write-restricted code
            "S-1-5-113", // local accounts
            "S-1-5-32-545", // users
            "S-1-5-32-546", // guests
            "S-1-5-32-547", // power users
            "S-1-5-32-554", // pre-Windows 2000 compatible access
            "S-1-5-32-555", // remote desktop users
            "S-1-15-2-1", // all app containers
            "S-1-15-2-2", // all restricted app containers
            "S-1-18-1", // identity asserted by an authentication authority
            "S-1-18-2"); // identity asserted by a service

    /** Ways to authenticate, and the guest, domain users, domain guests and domain computers of any domain. */
    private static final Pattern LARGE = Pattern.compile("S-1-5-64-\\d+|S-1-5-21-\\d+-\\d+-\\d+-(501|513|514|515)");

    private DescriptorCheck() {}

    /** Returns what is wrong with a descriptor that was parsed, or {@code null}. */
    static @Nullable String problem(DescriptorInformation facts, boolean controlMayBeGranted) {
        if (facts.entries() == null) {
            return "a security descriptor without DACL, or with a NULL DACL, is refused: everyone could do everything";
        }
        if (controlMayBeGranted) {
            return null;
        }
        String owner = facts.ownerSid();
        if (owner != null && isLarge(owner)) {
            return "the owner " + owner + " is refused: an owner can rewrite the descriptor";
        }
        for (int i = 0; i < facts.entries().size(); i++) {
            DescriptorInformation.Entry entry = facts.entries().get(i);
            if (entry.allows() && isLarge(entry.sid())) {
                int granted = mapped(entry.mask()) & ~denied(facts.entries().subList(0, i), entry.sid());
                String rights = rightsOfControl(granted);
                if (!rights.isEmpty()) {
                    return refusal(rights, entry.sid());
                }
            }
        }
        return null;
    }

    private static String rightsOfControl(int mask) {
        return Stream.of(
                        (mask & FILE_CREATE_PIPE_INSTANCE) != 0 ? "FILE_CREATE_PIPE_INSTANCE (0x4)" : "",
                        (mask & WRITE_DAC) != 0 ? "WRITE_DAC" : "",
                        (mask & WRITE_OWNER) != 0 ? "WRITE_OWNER" : "")
                .filter(right -> !right.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String refusal(String rights, String sid) {
        return "the rights " + rights + " for " + sid
                + " are refused: with them its members can serve the clients of this"
                + " name, or give themselves the right to. Clients need 0x12019b at most (GW, FW, GA and FA include more);"
                + " NamedPipeSecurity.ofUnsafeSddl does not check this";
    }

    private static int denied(List<DescriptorInformation.Entry> entries, String sid) {
        return entries.stream()
                .filter(entry -> !entry.allows() && entry.sid().equals(sid))
                .mapToInt(entry -> mapped(entry.mask()))
                .reduce(0, (a, b) -> a | b);
    }

    private static int mapped(int mask) {
        return mask
                | ((mask & GENERIC_WRITE) != 0 ? FILE_GENERIC_WRITE : 0)
                | ((mask & GENERIC_ALL) != 0 ? FILE_ALL_ACCESS : 0);
    }

    private static boolean isLarge(String sid) {
        return LARGE_GROUPS.contains(sid) || LARGE.matcher(sid).matches();
    }
}
