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

import java.lang.invoke.MethodHandle;

/**
 * Calls the handles of an {@link FfmLibrary}. The handles are constants of the callers: the methods are small, so that the JVM's
 * compiler inlines them, and then the call itself. None is {@code critical}, since many wait.
 */
final class Downcall {
    private Downcall() {}

    // ---- functions that set the last error

    static long call(MethodHandle function) {
        try {
            return (long) function.invokeExact(CapturedError.segmentOfThread());
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long call(MethodHandle function, long a) {
        try {
            return (long) function.invokeExact(CapturedError.segmentOfThread(), a);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long call(MethodHandle function, long a, long b) {
        try {
            return (long) function.invokeExact(CapturedError.segmentOfThread(), a, b);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long call(MethodHandle function, long a, long b, long c) {
        try {
            return (long) function.invokeExact(CapturedError.segmentOfThread(), a, b, c);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long call(MethodHandle function, long a, long b, long c, long d) {
        try {
            return (long) function.invokeExact(CapturedError.segmentOfThread(), a, b, c, d);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long call(MethodHandle function, long a, long b, long c, long d, long e) {
        try {
            return (long) function.invokeExact(CapturedError.segmentOfThread(), a, b, c, d, e);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long call(MethodHandle function, long a, long b, long c, long d, long e, long f) {
        try {
            return (long) function.invokeExact(CapturedError.segmentOfThread(), a, b, c, d, e, f);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long call(MethodHandle function, long a, long b, long c, long d, long e, long f, long g) {
        try {
            return (long) function.invokeExact(CapturedError.segmentOfThread(), a, b, c, d, e, f, g);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long call(MethodHandle function, long a, long b, long c, long d, long e, long f, long g, long h) {
        try {
            return (long) function.invokeExact(CapturedError.segmentOfThread(), a, b, c, d, e, f, g, h);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    // ---- functions that return their error

    static long callForStatus(MethodHandle function, long a) {
        try {
            return (long) function.invokeExact(a);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long callForStatus(MethodHandle function, long a, long b) {
        try {
            return (long) function.invokeExact(a, b);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long callForStatus(MethodHandle function, long a, long b, long c) {
        try {
            return (long) function.invokeExact(a, b, c);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long callForStatus(MethodHandle function, long a, long b, long c, long d, long e) {
        try {
            return (long) function.invokeExact(a, b, c, d, e);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long callForStatus(MethodHandle function, long a, long b, long c, long d, long e, long f, long g, long h) {
        try {
            return (long) function.invokeExact(a, b, c, d, e, f, g, h);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long callForStatus(
            MethodHandle function,
            long a,
            long b,
            long c,
            long d,
            long e,
            long f,
            long g,
            long h,
            long i,
            long j,
            long k,
            long l,
            long m,
            long n) {
        try {
            return (long) function.invokeExact(a, b, c, d, e, f, g, h, i, j, k, l, m, n);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** A handle throws nothing that is checked. */
    static RuntimeException unexpected(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException exception ? exception : new IllegalStateException(thrown);
    }
}
