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

/** Ends a simulated call with a Win32 error code. */
final class SimulatedFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final int code;

    SimulatedFailure(int code) {
        super("Win32 error " + code, null, false, false);
        this.code = code;
    }

    /** Returns a failure with the Win32 code of a status. */
    static SimulatedFailure ofStatus(int status) {
        return new SimulatedFailure(SimulatedStatus.toWin32(status));
    }
}
