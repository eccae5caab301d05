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

/**
 * The answer of {@link Kernel#queryPipe} about one end of a pipe, in native memory that is used again for each question.
 * Confined to one thread at a time.
 *
 * <pre>
 *   0      4               8           12          16        20          24         28           32      36
 *   | type | configuration | instances | instances | inbound | available | outbound | write left | state | end |
 * </pre>
 *
 * @see <a
 *     href="https://learn.microsoft.com/windows-hardware/drivers/ddi/ntifs/ns-ntifs-_file_pipe_local_information">FILE_PIPE_LOCAL_INFORMATION</a>
 */
public final class PipeLocalInformation {
    /** Size in bytes. */
    public static final int SIZE = 40;

    // Values of STATE
    public static final int DISCONNECTED = 1;
    public static final int LISTENING = 2;
    public static final int CONNECTED = 3;
    /** The other end is closed. What it wrote before may still be there. */
    public static final int CLOSING = 4;

    public static final int TYPE = 0;
    public static final int CONFIGURATION = 4;
    public static final int MAXIMUM_INSTANCES = 8;
    public static final int CURRENT_INSTANCES = 12;
    public static final int INBOUND_QUOTA = 16;
    public static final int READ_DATA_AVAILABLE = 20;
    public static final int OUTBOUND_QUOTA = 24;
    public static final int WRITE_QUOTA_AVAILABLE = 28;
    public static final int STATE = 32;
    public static final int END = 36;

    public static final int TYPE_MESSAGE = 1;
    public static final int SERVER_END = 1;

    private static final ThreadLocal<PipeLocalInformation> OF_THREAD =
            ThreadLocal.withInitial(PipeLocalInformation::new);

    private final NativeMemory memory = new NativeMemory(SIZE);

    /** Allocates the memory. */
    public PipeLocalInformation() {}

    /** Returns that of the calling thread, whose answers last until the thread asks again. */
    public static PipeLocalInformation ofThread() {
        return OF_THREAD.get();
    }

    /** Asks a pipe. @return a code; unless it is {@code ERROR_SUCCESS} the answers of this object mean nothing */
    public int query(Kernel kernel, long handle) {
        return kernel.queryPipe(handle, memory.address());
    }

    private int get(int field) {
        return memory.buffer().getInt(field);
    }

    /** One of {@link #DISCONNECTED}, {@link #LISTENING}, {@link #CONNECTED} and {@link #CLOSING}. */
    public int state() {
        return get(STATE);
    }

    /** Returns how many bytes this end could read now. */
    public int readDataAvailable() {
        return get(READ_DATA_AVAILABLE);
    }

    /** Returns how many bytes this end could write now without waiting for the peer. A read that waits at the peer counts as written. */
    public int writeQuotaAvailable() {
        return get(WRITE_QUOTA_AVAILABLE);
    }

    /** Returns how many bytes this end may write ahead of the peer's reads. */
    public int writeQuota() {
        return get(get(END) == SERVER_END ? OUTBOUND_QUOTA : INBOUND_QUOTA);
    }

    /**
     * Returns true if the pipe proves that the peer has read every byte: all of the quota is free. False is no proof of
     * anything: a read that waits at the peer takes up quota just as unread bytes do, a quota of 0 is never free, an empty
     * message takes up none, and Wine 8 always answers 0.
     */
    public boolean provesThatAllWasRead() {
        return state() == CONNECTED
                && get(TYPE) != TYPE_MESSAGE
                && writeQuota() > 0
                && writeQuotaAvailable() == writeQuota();
    }
}
