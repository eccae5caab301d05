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
package org.namedpipe.netty.testkit;

import org.namedpipe.netty.internal.win32.PipeLocalInformation;

/** NtQueryInformationFile(FilePipeLocalInformation). Called with the kernel's lock held. */
final class SimulatedPipeInformation {
    private SimulatedPipeInformation() {}

    /** Writes the information of a pipe end to an address. Returns a status. */
    static int query(SimulatedPipeEnd end, long address) {
        if (end.server && !end.canRead) {
            // The handle has GENERIC_WRITE only, which does not include FILE_READ_ATTRIBUTES.
            return SimulatedStatus.ACCESS_DENIED;
        }
        if (!end.server && end.isDisconnected()) {
            return SimulatedStatus.PIPE_DISCONNECTED;
        }
        SimulatedPipeEnd peer = end.peer();
        SimulatedQueue incoming = end.incoming();
        int quota = peer == null ? end.clientQuota() : peer.incoming().quota();
        int left = peer == null ? quota : peer.incoming().quotaAvailable();
        RawMemory.putInt(address + PipeLocalInformation.TYPE, end.pipe.messageType ? 1 : 0);
        RawMemory.putInt(address + PipeLocalInformation.INBOUND_QUOTA, end.server ? incoming.quota() : quota);
        RawMemory.putInt(address + PipeLocalInformation.OUTBOUND_QUOTA, end.server ? quota : incoming.quota());
        RawMemory.putInt(address + PipeLocalInformation.READ_DATA_AVAILABLE, incoming.available());
        RawMemory.putInt(address + PipeLocalInformation.WRITE_QUOTA_AVAILABLE, left);
        RawMemory.putInt(address + PipeLocalInformation.STATE, number(end.state()));
        RawMemory.putInt(address + PipeLocalInformation.END, end.server ? PipeLocalInformation.SERVER_END : 0);
        return SimulatedStatus.SUCCESS;
    }

    private static int number(SimulatedPipeEnd.State state) {
        return switch (state) {
            case DISCONNECTED -> PipeLocalInformation.DISCONNECTED;
            case LISTENING -> PipeLocalInformation.LISTENING;
            case CONNECTED -> PipeLocalInformation.CONNECTED;
            case CLOSING -> PipeLocalInformation.CLOSING;
        };
    }
}
