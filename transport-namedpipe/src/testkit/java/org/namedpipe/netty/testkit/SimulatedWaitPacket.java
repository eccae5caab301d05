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
final class SimulatedWaitPacket implements SimulatedWaitable.Waiter {
    private @Nullable SimulatedWaitable object;
    private @Nullable SimulatedPort port;
    private SimulatedPort.@Nullable Queued queued;
    private Packet packet = new Packet(0, 0, SimulatedStatus.SUCCESS, 0);
    private boolean cancelAsked;

    /** Returns true if this is associated, and was not asked to cancel that. */
    boolean isInUse() {
        return port != null && !cancelAsked;
    }

    int associate(SimulatedPort port, SimulatedWaitable object, Packet packet) {
        if (this.port != null) {
            return Win32Error.ERROR_INVALID_PARAMETER;
        }
        this.port = port;
        this.object = object;
        this.packet = packet;
        cancelAsked = false;
        object.add(this);
        return Win32Error.ERROR_SUCCESS;
    }

    /** Called before each attempt to cancel, also one that fails. */
    void cancelAsked() {
        cancelAsked = true;
    }

    /** Returns {@code ERROR_OPERATION_ABORTED} if there is no association. */
    int cancel() {
        SimulatedPort associated = port;
        if (associated == null) {
            return Win32Error.ERROR_OPERATION_ABORTED;
        }
        if (queued != null) {
            associated.remove(queued);
        } else if (object != null) {
            object.remove(this);
        }
        end();
        return Win32Error.ERROR_SUCCESS;
    }

    @Override
    public boolean signalled() {
        if (port != null) {
            queued = port.postRemovable(packet, this::end);
        }
        return false;
    }

    private void end() {
        port = null;
        object = null;
        queued = null;
    }

    @Override
    public String toString() {
        return "wait packet" + (port != null ? " (associated)" : "");
    }
}
