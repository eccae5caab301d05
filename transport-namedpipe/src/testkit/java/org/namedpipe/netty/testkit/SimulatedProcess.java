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
 * Describes a process that makes calls of a {@link SimulatedKernel}.
 *
 * @param id the process id
 * @param sessionId the id of the terminal services session
 * @param userSid the SID of the user
 * @param userName the name of the user, with its domain
 * @param groupSids the SIDs of the groups that are enabled in the token
 * @param elevated true if the token is elevated
 * @param integrity the integrity level, such as {@link #MEDIUM}
 * @param computer the name of the computer of the process, {@code null} for this computer
 * @see SimulatedKernel#as(SimulatedProcess)
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
    /** The integrity level of a process that is not elevated. */
    public static final int MEDIUM = 0x2000;
    /** The integrity level of an elevated process. */
    public static final int HIGH = 0x3000;
    /** The integrity level of a service of the system. */
    public static final int SYSTEM = 0x4000;

    private static final Set<String> GROUPS = Set.of("S-1-1-0", "S-1-5-4", "S-1-5-11", "S-1-5-32-545");

    /** Creates a process with a copy of the group SIDs. */
    public SimulatedProcess {
        groupSids = Set.copyOf(groupSids);
    }

    /** Returns a process of an interactive user in session 1, not elevated, with medium integrity. */
    public static SimulatedProcess of(long id, String userSid, String userName) {
        return new SimulatedProcess(id, 1, userSid, userName, GROUPS, false, MEDIUM, null);
    }

    /** Returns this process in another session. */
    public SimulatedProcess inSession(int session) {
        return new SimulatedProcess(id, session, userSid, userName, groupSids, elevated, integrity, computer);
    }

    /** Returns this process with an elevated token: high integrity, and the group of administrators. */
    public SimulatedProcess asAdministrator() {
        Set<String> groups = new HashSet<>(groupSids);
        groups.add("S-1-5-32-544");
        return new SimulatedProcess(id, sessionId, userSid, userName, groups, true, HIGH, computer);
    }

    /** Returns this process with another integrity level. */
    public SimulatedProcess ofIntegrity(int other) {
        return new SimulatedProcess(id, sessionId, userSid, userName, groupSids, elevated, other, computer);
    }

    /** Returns this process on another computer. */
    public SimulatedProcess on(String otherComputer) {
        return new SimulatedProcess(id, sessionId, userSid, userName, groupSids, elevated, integrity, otherComputer);
    }

    /** Returns the SID of the logon session. */
    String logonSid() {
        return "S-1-5-5-0-" + sessionId;
    }

    boolean has(String sid) {
        return userSid.equals(sid) || groupSids.contains(sid) || logonSid().equals(sid);
    }
}
