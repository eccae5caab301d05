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

import org.namedpipe.netty.internal.win32.Win32Error;

/** The codes by which Windows says that the other end of a pipe is closed. */
final class EndCodes {
    private EndCodes() {}

    /** Returns whether a read that failed with {@code code} has found the end of the stream. */
    static boolean isEndOfInput(int code) {
        return isEndOfOutput(code) || code == Win32Error.ERROR_HANDLE_EOF;
    }

    /** Returns whether a write failed with {@code code} because the other end is closed. */
    static boolean isEndOfOutput(int code) {
        return code == Win32Error.ERROR_NO_DATA
                || code == Win32Error.ERROR_BROKEN_PIPE
                || code == Win32Error.ERROR_PIPE_NOT_CONNECTED;
    }
}
