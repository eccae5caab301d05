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
package org.namedpipe.netty.internal.iocp;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.IoHandler;
import io.netty.channel.IoRegistration;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.win32.WindowsException;

/**
 * A registration as the channels of this transport use it: the {@code attachment()} of what Netty's event loop returns.
 *
 * <p>Confined to the loop's thread, except {@link #isValid()} and {@link #cancel()}.
 */
public interface IocpContext extends IoRegistration {
    /** Returns the handler whose port waits for the operations. */
    IoHandler handler();

    /** Returns the kernel that the handler runs on. */
    Kernel kernel();

    /**
     * Associates a handle with the handler's completion port, until the handle is closed. Operations that complete synchronously
     * post no packet, unless {@code packetOnSuccess} is set.
     *
     * @param pipe the name for the message of an exception
     * @param packetOnSuccess {@code true} if a success or {@code ERROR_MORE_DATA} that a call returns posts a packet, too
     * @throws WindowsException if Windows refuses, for example because the handle already belongs to a port
     */
    void associate(long handle, String pipe, boolean packetOnSuccess) throws WindowsException;

    /** Takes over a handle that an earlier registration of the same handler has associated. */
    void associated(boolean packetOnSuccess);

    /** Runs something after the loop's tasks, and after the packets that have come by then. Nothing is run once the loop ends. */
    void runNextTurn(Runnable work);

    /** Returns what allocates large direct buffers on the loop's thread. They may be released by any thread, and at any time. */
    ByteBufAllocator largeBuffers();

    /** Returns the limit of reads with a large buffer. */
    LargeReads largeReads();

    /** Counts that a client found all instances of a pipe busy and waits. */
    void countBusyWait();
}
