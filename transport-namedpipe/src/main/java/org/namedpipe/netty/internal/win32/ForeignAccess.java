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

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Checks that this JVM has {@code java.lang.foreign}, and makes errors that say what to do if it has not or denies it. */
final class ForeignAccess {
    /** The first Java with the package. */
    private static final int FINAL = 22;
    /** The package is a preview, with the methods that we need. */
    private static final int PREVIEW = 21;

    private static final String CHOICE = "-D" + Binding.PROPERTY + "=ffm";
    private static final String REMEDY = "leave the property out to use JNA";

    private ForeignAccess() {}

    /** Fails with an {@link UnsatisfiedLinkError} if this Java does not have the package. */
    static void check() {
        check(Runtime.version().feature(), ForeignAccess::isPreviewEnabled);
    }

    static void check(int feature, BooleanSupplier previewEnabled) {
        if (feature < PREVIEW || (feature == PREVIEW && !previewEnabled.getAsBoolean())) {
            throw new UnsatisfiedLinkError(CHOICE + " needs Java " + FINAL + " or newer, or Java " + PREVIEW
                    + " with --enable-preview, and this is Java " + feature + "; use a newer Java, or " + REMEDY);
        }
    }

    /** Asks by reflection, since an image of Java need not have the module. */
    private static boolean isPreviewEnabled() {
        try {
            Object jvm = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getRuntimeMXBean")
                    .invoke(null);
            Object arguments = Class.forName("java.lang.management.RuntimeMXBean")
                    .getMethod("getInputArguments")
                    .invoke(jvm);
            return arguments instanceof Iterable<?> all && contains(all, "--enable-preview");
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    private static boolean contains(Iterable<?> arguments, String wanted) {
        for (Object argument : arguments) {
            if (wanted.equals(argument)) {
                return true;
            }
        }
        return false;
    }

    /** The error of a call of the package that failed. */
    static UnsatisfiedLinkError failed(Throwable cause) {
        if (cause instanceof Error error && !(cause instanceof LinkageError)) {
            throw error;
        }
        if (cause instanceof UnsatisfiedLinkError error) {
            return error;
        }
        UnsatisfiedLinkError error = new UnsatisfiedLinkError(
                cause instanceof IllegalCallerException ? denied() : CHOICE + " failed: " + cause + "; " + REMEDY);
        error.initCause(cause);
        return error;
    }

    private static String denied() {
        @Nullable String module = ForeignAccess.class.getModule().getName();
        return CHOICE + " needs native access, which this JVM denies; start it with --enable-native-access="
                + (module == null ? "ALL-UNNAMED" : module) + ", or " + REMEDY;
    }
}
