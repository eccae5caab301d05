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
import org.jspecify.annotations.Nullable;

/**
 * A Windows call that failed. The message names the operation, what it was applied to, and the error with its symbol:
 * {@code WriteFile(\\.\pipe\orders) failed: ERROR_NO_DATA (232)}. The system's own text is left out, because it comes in
 * the language of the machine and says less than the symbol; it stands in only where there is no symbol.
 */
public class Win32Exception extends IOException {
    private static final long serialVersionUID = 1L;

    private final String operation;
    private final int code;

    /**
     * @param operation the call, for instance {@code WriteFile}
     * @param target what it was applied to, for instance the pipe's name
     * @param code the Win32 error code
     */
    public Win32Exception(String operation, String target, int code) {
        this(operation, target, code, null);
    }

    private Win32Exception(String operation, String target, int code, @Nullable String systemText) {
        super(operation
                + '('
                + PrintableText.of(target)
                + ") failed: "
                + Win32Error.describe(code)
                + (systemText == null ? "" : " - " + systemText));
        this.operation = operation;
        this.code = code;
    }

    /** As the constructor, but asks the system what it says of a code that {@link Win32Error} does not name. */
    public static Win32Exception of(Kernel kernel, String operation, String target, int code) {
        return new Win32Exception(operation, target, code, Win32Error.isNamed(code) ? null : kernel.errorMessage(code));
    }

    /** The call that failed. */
    public final String operation() {
        return operation;
    }

    /** The Win32 error code. */
    public final int code() {
        return code;
    }

    /** The name of {@link #code()}, as {@link Win32Error#symbol} gives it. */
    public final String symbol() {
        return Win32Error.symbol(code);
    }
}
