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

import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.Win32Error;

/** A wait completion packet. Its association lasts until its packet is dequeued. */
final class SimulatedWaitPacket {
    private @Nullable SimulatedTimer timer;
    private @Nullable SimulatedPort port;
    private SimulatedPort.@Nullable Queued queued;
    private long key;

    boolean isAssociated() {
        return port != null;
    }

    int associate(SimulatedPort port, SimulatedTimer timer, long key) {
        if (isAssociated()) {
            return Win32Error.ERROR_INVALID_PARAMETER;
        }
        this.port = port;
        this.timer = timer;
        this.key = key;
        timer.await(this);
        return Win32Error.ERROR_SUCCESS;
    }

    /** Returns {@code ERROR_OPERATION_ABORTED} if there is no association. */
    int cancel() {
        SimulatedPort associated = port;
        if (associated == null) {
            return Win32Error.ERROR_OPERATION_ABORTED;
        }
        if (queued != null) {
            associated.remove(queued);
        } else if (timer != null) {
            timer.await(null);
        }
        end();
        return Win32Error.ERROR_SUCCESS;
    }

    /** The timer is signalled. */
    void queue() {
        if (port != null) {
            queued = port.postRemovable(new Packet(key, 0, SimulatedStatus.SUCCESS, 0), this::end);
        }
    }

    private void end() {
        port = null;
        timer = null;
        queued = null;
    }

    @Override
    public String toString() {
        return "wait packet" + (isAssociated() ? " (associated)" : "");
    }
}
