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
import org.namedpipe.netty.internal.win32.PrintableText;
import org.namedpipe.netty.internal.win32.Win32Error;

/**
 * Signals that a Windows call failed. The message names the call, what it was applied to, and the error with its symbol:
 * {@code WriteFile(\\.\pipe\orders) failed: ERROR_NO_DATA (232)}. It does not have the text of the system, which is in the
 * language of the machine and says less than the symbol.
 */
public class WindowsException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String operation;
    private final int code;

    /**
     * Creates an exception.
     *
     * @param operation the call, for instance {@code WriteFile}
     * @param target what it was applied to, for instance the pipe's name
     * @param code the Win32 error code
     */
    public WindowsException(String operation, String target, int code) {
        super(operation + '(' + PrintableText.of(target) + ") failed: " + Win32Error.describe(code));
        this.operation = operation;
        this.code = code;
    }

    /** Returns the call that failed, for example {@code WriteFile}. */
    public final String operation() {
        return operation;
    }

    /** Returns the Win32 error code. {@link WindowsError} has those that a program may want to handle. */
    public final int code() {
        return code;
    }

    /** Returns the name of {@link #code()} in {@code winerror.h}, or {@code "ERROR 9999"} for a code without a known name. */
    public final String symbol() {
        return Win32Error.symbol(code);
    }
}
