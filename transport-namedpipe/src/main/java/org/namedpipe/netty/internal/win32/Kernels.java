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

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Chooses the {@link Kernel} of what is created: Windows, or a model of it while a test replaces Windows. */
public final class Kernels {
    private static final ThreadLocal<@Nullable Kernel> REPLACEMENT = new ThreadLocal<>();

    private Kernels() {}

    /**
     * Returns the kernel for an object that the calling thread creates.
     *
     * @throws UnsatisfiedLinkError if this is not 64-bit Windows, or the {@link Binding} cannot be used
     */
    public static Kernel current() {
        Kernel replacement = REPLACEMENT.get();
        return replacement == null ? WindowsKernel.instance() : replacement;
    }

    /** Creates an object on {@code kernel} instead of Windows. */
    public static <T> T on(Kernel kernel, Supplier<T> creation) {
        Kernel before = REPLACEMENT.get();
        REPLACEMENT.set(kernel);
        try {
            return creation.get();
        } finally {
            if (before == null) {
                REPLACEMENT.remove();
            } else {
                REPLACEMENT.set(before);
            }
        }
    }
}
