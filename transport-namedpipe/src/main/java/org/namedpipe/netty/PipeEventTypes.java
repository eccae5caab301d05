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

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.Win32Error;

/** The events that {@link PipeEvents} records. */
final class PipeEventTypes {
    private PipeEventTypes() {}

    private static String result(int code) {
        return Win32Error.symbol(code);
    }

    @Name("org.namedpipe.NamedPipeConnect")
    @Label("Named Pipe Connect")
    @Category({"Netty", "Named Pipe"})
    @Description("A client's connect, from its call to its success or failure")
    @StackTrace(false)
    static final class Connect extends Event {
        private static final Connect PROBE = new Connect();

        @Label("Pipe")
        @Nullable
        String pipe;

        @Label("Busy Answers")
        @Description("How often all instances of the pipe were found busy while the client waited")
        int busyAnswers;

        @Label("Result")
        @Description("The last answer of CreateFile; ERROR_IO_PENDING if there was none")
        @Nullable
        String result;

        @Label("Result Code")
        int resultCode = Win32Error.ERROR_IO_PENDING;

        static @Nullable Connect begun() {
            if (!PROBE.isEnabled()) {
                return null;
            }
            Connect connect = new Connect();
            connect.begin();
            return connect;
        }

        void answered(int code) {
            resultCode = code;
            busyAnswers += code == Win32Error.ERROR_PIPE_BUSY ? 1 : 0;
        }

        void ended(String path) {
            end();
            if (shouldCommit()) {
                pipe = path;
                result = result(resultCode);
                commit();
            }
        }
    }

    @Name("org.namedpipe.NamedPipeBusyWait")
    @Label("Named Pipe Busy Wait")
    @Category({"Netty", "Named Pipe"})
    @Description("A client has found all instances of a pipe busy, and tries again after a pause")
    @StackTrace(false)
    static final class BusyWait extends Event {
        static final BusyWait PROBE = new BusyWait("", 0);

        @Label("Pipe")
        String pipe;

        @Label("Pause")
        @Timespan(Timespan.MILLISECONDS)
        long pause;

        BusyWait(String pipe, long pause) {
            this.pipe = pipe;
            this.pause = pause;
        }
    }

    @Name("org.namedpipe.NamedPipeAccept")
    @Label("Named Pipe Accept")
    @Category({"Netty", "Named Pipe"})
    @Description("A server channel hands over a client that has connected")
    @StackTrace(false)
    static final class Accept extends Event {
        static final Accept PROBE = new Accept("", false);

        @Label("Pipe")
        String pipe;

        @Label("Aborted")
        @Description("The client had left before it was looked for")
        boolean aborted;

        Accept(String pipe, boolean aborted) {
            this.pipe = pipe;
            this.aborted = aborted;
        }
    }

    @Name("org.namedpipe.NamedPipeClose")
    @Label("Named Pipe Close")
    @Category({"Netty", "Named Pipe"})
    @Description("A connected channel closes its end of a pipe")
    @StackTrace(false)
    static final class Close extends Event {
        static final Close PROBE = new Close("", false, 0, 0);

        @Label("Pipe")
        String pipe;

        @Label("Accepted")
        @Description("Whether this is the server's end")
        boolean accepted;

        @Label("Bytes Read")
        @DataAmount
        long bytesRead;

        @Label("Bytes Written")
        @DataAmount
        long bytesWritten;

        Close(String pipe, boolean accepted, long bytesRead, long bytesWritten) {
            this.pipe = pipe;
            this.accepted = accepted;
            this.bytesRead = bytesRead;
            this.bytesWritten = bytesWritten;
        }
    }

    @Name("org.namedpipe.NamedPipePeerRejection")
    @Label("Named Pipe Peer Rejection")
    @Category({"Netty", "Named Pipe"})
    @Description("A filter has rejected the peer of a channel")
    @StackTrace(false)
    static final class PeerRejected extends Event {
        static final PeerRejected PROBE = new PeerRejected("", "", 0);

        @Label("Pipe")
        String pipe;

        @Label("Reason")
        String reason;

        @Label("Process ID")
        @Description("Of the peer; -1 if it is unknown")
        long processId;

        PeerRejected(String pipe, String reason, long processId) {
            this.pipe = pipe;
            this.reason = reason;
            this.processId = processId;
        }
    }

    @Name("org.namedpipe.NamedPipeStalledWrite")
    @Label("Named Pipe Stalled Write")
    @Category({"Netty", "Named Pipe"})
    @Description("A write waited for the peer to read")
    @StackTrace(false)
    @Threshold("20 ms")
    static final class StalledWrite extends Event {
        private static final StalledWrite PROBE = new StalledWrite();

        @Label("Pipe")
        @Nullable
        String pipe;

        @Label("Bytes Written")
        @DataAmount
        long bytesWritten;

        @Label("Result")
        @Description("How the write ended; ERROR_OPERATION_ABORTED if the channel was closed")
        @Nullable
        String result;

        @Label("Result Code")
        int resultCode;

        static @Nullable StalledWrite begun() {
            if (!PROBE.isEnabled()) {
                return null;
            }
            StalledWrite write = new StalledWrite();
            write.begin();
            return write;
        }

        void ended(String path, int bytes, int code) {
            end();
            if (shouldCommit()) {
                pipe = path;
                bytesWritten = bytes;
                result = result(code);
                resultCode = code;
                commit();
            }
        }
    }
}
