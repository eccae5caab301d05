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
import org.namedpipe.netty.internal.win32.TokenInformation;

/**
 * The token of a process, or of a client that is impersonated.
 *
 * @param level a value of {@link TokenInformation#impersonationLevel()}
 */
record SimulatedToken(SimulatedProcess process, int level) {
    TokenInformation facts() {
        Set<String> groups = new HashSet<>(process.groupSids());
        groups.add(process.logonSid());
        return new TokenInformation(
                process.userSid(), groups, process.sessionId(), process.elevated(), process.integrity(), level);
    }
}
