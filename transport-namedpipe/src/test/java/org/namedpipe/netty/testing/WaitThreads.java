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

import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testkit.SimulatedKernel;

/** A Windows without wait packets, where threads wait for the events of instances. */
public final class WaitThreads {
    private WaitThreads() {}

    /** From now on no wait packet can be created. */
    public static void only(SimulatedKernel kernel) {
        kernel.faults().on("CreateWaitPacket").times(Integer.MAX_VALUE).fail(Win32Error.ERROR_PROC_NOT_FOUND);
    }
}
