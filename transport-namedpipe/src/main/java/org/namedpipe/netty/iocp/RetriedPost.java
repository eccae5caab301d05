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
package org.namedpipe.netty.iocp;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.namedpipe.netty.internal.win32.Win32Error;

/** Repeats a call that Windows may refuse for a moment, because it has no memory for another packet. */
final class RetriedPost {
    /** With pauses that double, a tenth of a second in total. */
    static final int MAX_POSTS = 7;

    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private RetriedPost() {}

    /** Calls {@code post} until it returns success, at most {@link #MAX_POSTS} times. @return the last code */
    static int run(IntSupplier post) {
        int code = post.getAsInt();
        for (int i = 1; code != Win32Error.ERROR_SUCCESS && i < MAX_POSTS; i++) {
            pause(i);
            code = post.getAsInt();
        }
        return code;
    }

    /** Waits after the {@code failures}-th failure in a row, each time twice as long. */
    static void pause(int failures) {
        LockSupport.parkNanos(FIRST_PAUSE_NANOS << (failures - 1));
    }
}
