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

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A process of a {@link SimulatedKernel}: on whose behalf calls are made. {@link SimulatedKernel#as} makes calls as another.
 *
 * @param computer the computer the process runs on, {@code null} for this one
 */
public record SimulatedProcess(
        long id,
        int sessionId,
        String userSid,
        String userName,
        Set<String> groupSids,
        boolean elevated,
        int integrity,
        @Nullable String computer) {
    public static final int MEDIUM = 0x2000;
    public static final int HIGH = 0x3000;
    public static final int SYSTEM = 0x4000;

    private static final Set<String> GROUPS = Set.of("S-1-1-0", "S-1-5-4", "S-1-5-11", "S-1-5-32-545");

    public SimulatedProcess {
        groupSids = Set.copyOf(groupSids);
    }

    /** An ordinary process of an interactive user in session 1. */
    public static SimulatedProcess of(long id, String userSid, String userName) {
        return new SimulatedProcess(id, 1, userSid, userName, GROUPS, false, MEDIUM, null);
    }

    /** The same in another session. */
    public SimulatedProcess inSession(int session) {
        return new SimulatedProcess(id, session, userSid, userName, groupSids, elevated, integrity, computer);
    }

    /** The same, elevated: with the group of administrators enabled. */
    public SimulatedProcess asAdministrator() {
        Set<String> groups = new HashSet<>(groupSids);
        groups.add("S-1-5-32-544");
        return new SimulatedProcess(id, sessionId, userSid, userName, groups, true, HIGH, computer);
    }

    /** The same with another integrity. */
    public SimulatedProcess ofIntegrity(int other) {
        return new SimulatedProcess(id, sessionId, userSid, userName, groupSids, elevated, other, computer);
    }

    /** The same on another computer. */
    public SimulatedProcess on(String otherComputer) {
        return new SimulatedProcess(id, sessionId, userSid, userName, groupSids, elevated, integrity, otherComputer);
    }

    /** The group of the processes of its logon session. */
    String logonSid() {
        return "S-1-5-5-0-" + sessionId;
    }

    boolean has(String sid) {
        return userSid.equals(sid) || groupSids.contains(sid) || logonSid().equals(sid);
    }
}
