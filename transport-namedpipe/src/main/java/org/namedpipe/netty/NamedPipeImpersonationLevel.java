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

import org.namedpipe.netty.internal.win32.Win32Constants;

/**
 * The rights of a server to act in the name of its client.
 *
 * @see NamedPipeChannelOption#IMPERSONATION_LEVEL
 * @see <a
 *     href="https://learn.microsoft.com/windows/win32/api/winnt/ne-winnt-security_impersonation_level">SECURITY_IMPERSONATION_LEVEL</a>
 */
public enum NamedPipeImpersonationLevel {
    /** Nothing, not even learn who the client is. */
    ANONYMOUS(Win32Constants.SECURITY_ANONYMOUS),

    /** Learn who the client is. */
    IDENTIFICATION(Win32Constants.SECURITY_IDENTIFICATION),

    /** Act as the client on the server's computer. */
    IMPERSONATION(Win32Constants.SECURITY_IMPERSONATION),

    /** Act as the client on other computers too. */
    DELEGATION(Win32Constants.SECURITY_DELEGATION);

    private final int flag;

    NamedPipeImpersonationLevel(int flag) {
        this.flag = flag;
    }

    /** The level as {@code CreateFile} takes it. */
    int flag() {
        return flag;
    }
}
