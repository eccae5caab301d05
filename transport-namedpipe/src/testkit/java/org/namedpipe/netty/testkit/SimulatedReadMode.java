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

import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;

/** SetNamedPipeHandleState. Called with the kernel's lock held. */
final class SimulatedReadMode {
    private SimulatedReadMode() {}

    static int set(SimulatedPipeEnd end, int mode) {
        boolean byMessage = mode == Win32Constants.PIPE_READMODE_MESSAGE;
        if (!end.canSetState) {
            return Win32Error.ERROR_ACCESS_DENIED;
        }
        if (!end.server && end.isDisconnected()) {
            return Win32Error.ERROR_PIPE_NOT_CONNECTED;
        }
        if ((!byMessage && mode != Win32Constants.PIPE_READMODE_BYTE) || (byMessage && !end.pipe.messageType)) {
            return Win32Error.ERROR_INVALID_PARAMETER;
        }
        end.setReadsByMessage(byMessage);
        return Win32Error.ERROR_SUCCESS;
    }
}
