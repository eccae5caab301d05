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

import io.netty.util.internal.SystemPropertyUtil;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.win32.WindowsException;

/**
 * Shows whether the named pipe transport can be used here: on 64-bit Windows, with JNA, or on Java 22 and newer with
 * {@code -Dorg.namedpipe.netty.binding=ffm}, unless {@code -Dio.netty.transport.noNative=true} forbids it.
 */
public final class NamedPipe {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(NamedPipe.class);

    @SuppressWarnings("StaticAssignmentOfThrowable")
    private static final @Nullable Throwable UNAVAILABILITY_CAUSE = probe();

    private NamedPipe() {}

    /** Returns whether the transport can be used. Never throws. */
    public static boolean isAvailable() {
        return UNAVAILABILITY_CAUSE == null;
    }

    /**
     * Returns if the transport can be used.
     *
     * @throws UnsatisfiedLinkError if it cannot, with the {@linkplain #unavailabilityCause() cause}
     */
    public static void ensureAvailability() {
        if (UNAVAILABILITY_CAUSE != null) {
            throw (Error) new UnsatisfiedLinkError("failed to load the required native library")
                    .initCause(UNAVAILABILITY_CAUSE);
        }
    }

    /** Returns the reason why the transport cannot be used, or {@code null} if it can. */
    public static @Nullable Throwable unavailabilityCause() {
        return UNAVAILABILITY_CAUSE;
    }

    private static @Nullable Throwable probe() {
        try {
            if (SystemPropertyUtil.getBoolean("io.netty.transport.noNative", false)) {
                return new UnsupportedOperationException(
                        "Native transport was explicit disabled with -Dio.netty.transport.noNative=true");
            }
            Kernel kernel = WindowsKernel.instance();
            long port = kernel.createIoCompletionPort();
            if (Win32Error.isError(port)) {
                return new WindowsException("CreateIoCompletionPort", "new port", Win32Error.codeOf(port));
            }
            kernel.closeHandle(port);
            return null;
        } catch (Throwable t) {
            logger.debug("Named pipes are not available", t);
            return t;
        }
    }
}
