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

import java.util.Set;

/**
 * The user, groups and rights in a token.
 *
 * @param userSid the user
 * @param groupSids the groups that count for access checks
 * @param sessionId the terminal session
 * @param elevated whether this is the full token of an administrator
 * @param integrity the last part of the integrity level's identifier, {@code 0x2000} being medium
 * @param impersonationLevel {@link #PRIMARY} for a process's token, otherwise what the thread may do: {@link #ANONYMOUS} to
 *     {@link #DELEGATION}
 * @see <a
 *     href="https://learn.microsoft.com/windows/win32/api/winnt/ne-winnt-token_information_class">TOKEN_INFORMATION_CLASS</a>
 */
public record TokenInformation(
        String userSid, Set<String> groupSids, int sessionId, boolean elevated, int integrity, int impersonationLevel) {
    public static final int PRIMARY = -1;
    public static final int ANONYMOUS = 0;
    public static final int IDENTIFICATION = 1;
    public static final int IMPERSONATION = 2;
    public static final int DELEGATION = 3;

    public TokenInformation {
        groupSids = Set.copyOf(groupSids);
    }
}
