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

import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Win32Error;

/**
 * Has the kernel itself queue the packet, by a wait completion packet: no other thread takes part.
 *
 * <p>An association lasts for one packet, until it is dequeued.
 */
final class PacketWatch implements EventWatch {
    private final Kernel kernel;
    private final long port;
    private final long event;
    private long waitPacket;
    private long overlapped;

    PacketWatch(Kernel kernel, long port, long event) {
        this.kernel = kernel;
        this.port = port;
        this.event = event;
    }

    /** Creates the wait packet. Returns whether Windows has such objects, and has the memory for another one. */
    boolean open() {
        waitPacket = kernel.createWaitPacket();
        return !Win32Error.isError(waitPacket);
    }

    @Override
    public void arm(long overlapped) {
        this.overlapped = overlapped;
    }

    @Override
    public int begin() {
        int code = associate();
        if (code != Win32Error.ERROR_SUCCESS) {
            // It is still associated if a packet of another origin has ended the last operation, or was a mere hint.
            kernel.cancelWaitPacket(waitPacket);
            code = associate();
        }
        return code;
    }

    private int associate() {
        return kernel.associateWaitPacket(waitPacket, port, event, EventWait.KEY, overlapped);
    }

    @Override
    public boolean isFailed() {
        return false;
    }

    @Override
    public void close() {
        kernel.cancelWaitPacket(waitPacket);
        kernel.closeHandle(waitPacket);
    }
}
