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
package org.namedpipe.netty.win32;

import java.io.IOException;

/** A Windows call that failed: names the operation, what it was applied to, and the error with its symbol. */
public class Win32Exception extends IOException {
    private static final long serialVersionUID = 1L;

    private final int code;

    /**
     * @param operation the call, for instance {@code WriteFile}
     * @param target what it was applied to, for instance the pipe's name
     * @param code the Win32 error code
     */
    public Win32Exception(String operation, String target, int code) {
        super(operation + '(' + target + ") failed: " + code);
        this.code = code;
    }

    /** The Win32 error code. */
    public final int code() {
        return code;
    }
}
