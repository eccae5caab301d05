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
package org.namedpipe.netty;

import io.netty.util.internal.PlatformDependent;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.PipeEventTypes.Accept;
import org.namedpipe.netty.PipeEventTypes.BusyWait;
import org.namedpipe.netty.PipeEventTypes.Close;
import org.namedpipe.netty.PipeEventTypes.Connect;
import org.namedpipe.netty.PipeEventTypes.PeerRejected;
import org.namedpipe.netty.PipeEventTypes.StalledWrite;

/**
 * Records the events of pipes for Java Flight Recorder. An event that is not recorded costs a look at a flag and allocates
 * nothing. A JVM without the module {@code jdk.jfr} has no events, and loads none of the classes in
 * {@link PipeEventTypes}; {@code -Dio.netty.jfr.enabled=false} switches them off, as it does Netty's own.
 *
 * <p>Every stack trace would be that of an event loop, so there are none.
 */
final class PipeEvents {
    private static final boolean JFR = PlatformDependent.isJfrEnabled();

    private PipeEvents() {}

    /** Returns whether there may be recordings. Until there are, no event class is loaded: the first one takes long. */
    private static boolean isOn() {
        return JFR && FlightRecorder.isInitialized();
    }

    // ---- connecting

    /** A client starts to connect. */
    static @Nullable Connect connectStarts() {
        return isOn() ? Connect.begun() : null;
    }

    /** An attempt to open the pipe was answered, with {@code ERROR_SUCCESS} or an error code. */
    static void connectAnswered(@Nullable Connect connect, int code) {
        if (connect != null) {
            connect.answered(code);
        }
    }

    /** A client has connected, failed, or given up. */
    static void connectEnds(@Nullable Connect connect, NamedPipeAddress server) {
        if (connect != null) {
            connect.ended(server.path());
        }
    }

    /** A client has found all instances busy, and tries again after a pause. */
    static void busy(NamedPipeAddress server, int pauseMillis) {
        if (isOn() && BusyWait.PROBE.isEnabled()) {
            new BusyWait(server.path(), pauseMillis).commit();
        }
    }

    // ---- accepting and closing

    /** A client becomes a channel. */
    static void accepted(@Nullable NamedPipeAddress server, boolean aborted) {
        if (isOn() && Accept.PROBE.isEnabled()) {
            new Accept(String.valueOf(server), aborted).commit();
        }
    }

    /** A connected channel closes its handle. */
    static void closes(PipeEnd end, boolean accepted, long bytesRead, long bytesWritten) {
        if (isOn() && Close.PROBE.isEnabled()) {
            new Close(end.pipeName(), accepted, bytesRead, bytesWritten).commit();
        }
    }

    /** A filter has rejected the peer of a channel, which may be unknown. */
    static void rejects(NamedPipeChannel channel, @Nullable NamedPipePeer peer, PeerRejection reason) {
        if (isOn() && PeerRejected.PROBE.isEnabled()) {
            long processId = peer == null ? -1 : peer.processId();
            new PeerRejected(channel.pipeName(), reason.name(), processId).commit();
        }
    }

    // ---- writing

    /** The kernel did not take all bytes of a write at once. */
    static @Nullable StalledWrite writePends() {
        return isOn() ? StalledWrite.begun() : null;
    }

    /** A write that pended has ended, with a Win32 code. */
    static void writeEnds(@Nullable StalledWrite write, PipeEnd end, int bytes, int code) {
        if (write != null) {
            write.ended(end.pipeName(), bytes, code);
        }
    }
}
