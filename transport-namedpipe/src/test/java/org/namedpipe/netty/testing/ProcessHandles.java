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
package org.namedpipe.netty.testing;

import com.sun.jna.Function;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.ptr.IntByReference;
import org.namedpipe.netty.internal.win32.JnaKernel;
import org.namedpipe.netty.internal.win32.Kernel;

/** Counts the open handles of this Windows process, approximately. */
public final class ProcessHandles {
    private ProcessHandles() {}

    public static int count() {
        IntByReference count = new IntByReference();
        Object[] arguments = {Kernel32.INSTANCE.GetCurrentProcess(), count};
        int done = Function.getFunction("kernel32", "GetProcessHandleCount").invokeInt(arguments);
        if (done == 0) {
            throw new AssertionError("GetProcessHandleCount: " + Kernel32.INSTANCE.GetLastError());
        }
        return count.getValue() > 0 ? count.getValue() : numberOfNewHandle();
    }

    /** Wine does not count handles. It uses the lowest free number, so leaks increase the numbers of new handles. */
    private static int numberOfNewHandle() {
        Kernel kernel = JnaKernel.instance();
        long event = kernel.createEvent();
        kernel.closeHandle(event);
        return Math.toIntExact(event / 4);
    }
}
