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

import org.namedpipe.netty.internal.win32.Win32Error;

/** The calls of the {@link SimulatedKernel} that are about timers and wait packets. */
abstract class SimulatedTimerCalls extends SimulatedSecurityCalls {
    SimulatedTimerCalls(boolean manualCallbacks) {
        super(manualCallbacks);
    }

    /** Has the time of every timer that is set pass; without callbacks of its own only this does. Returns how many there were. */
    public int expireTimers() {
        lock.lock();
        try {
            int expired = 0;
            for (Object object : handles.objects()) {
                if (object instanceof SimulatedTimer timer && timer.isSet()) {
                    timer.expire();
                    expired++;
                }
            }
            activity.signalAll();
            return expired;
        } finally {
            lock.unlock();
        }
    }

    private SimulatedWaitPacket waitPacket(long handle) {
        return handles.get(handle, SimulatedWaitPacket.class);
    }

    private SimulatedTimer timer(long handle) {
        return handles.get(handle, SimulatedTimer.class);
    }

    @Override
    public long createWaitPacket() {
        return value("CreateWaitPacket", null, 0, () -> handles.add(new SimulatedWaitPacket()));
    }

    @Override
    public long createTimer() {
        return value("CreateTimer", null, 0, () -> handles.add(new SimulatedTimer()));
    }

    @Override
    public int setTimer(long timer, long delayNanos) {
        return code("SetTimer", timer, () -> {
            timer(timer).set(delayNanos);
            wakePorts();
            return Win32Error.ERROR_SUCCESS;
        });
    }

    @Override
    public int associateWaitPacket(long waitPacket, long port, long object, long key, long overlapped) {
        return code("AssociateWaitPacket", waitPacket, () -> {
            SimulatedWaitable waitable = handles.get(object, SimulatedWaitable.class);
            Packet packet = new Packet(key, overlapped, SimulatedStatus.SUCCESS, 0);
            return waitPacket(waitPacket).associate(port(port), waitable, packet);
        });
    }

    @Override
    public int cancelWaitPacket(long waitPacket) {
        lock.lock();
        try {
            if (handles.peek(waitPacket) instanceof SimulatedWaitPacket asked) {
                asked.cancelAsked();
            }
        } finally {
            lock.unlock();
        }
        return code("CancelWaitPacket", waitPacket, () -> waitPacket(waitPacket).cancel());
    }

    @Override
    public int closeHandle(long handle) {
        lock.lock();
        try {
            Object object = handles.peek(handle);
            if ((object instanceof SimulatedWaitable waitable && waitable.isAwaited())
                    || (object instanceof SimulatedWaitPacket waitPacket && waitPacket.isInUse())) {
                memory.add(object + " is closed while a wait for it goes on");
            }
            return super.closeHandle(handle);
        } finally {
            lock.unlock();
        }
    }
}
