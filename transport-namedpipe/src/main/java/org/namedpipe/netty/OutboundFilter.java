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

import io.netty.buffer.ByteBuf;
import io.netty.channel.FileRegion;
import io.netty.util.internal.StringUtil;
import java.io.IOException;

/** Looks at what is written before it is queued: refuses what cannot go out, and makes the rest what Windows can read. */
final class OutboundFilter {
    private static final String EXPECTED_TYPES = " (expected: " + StringUtil.simpleClassName(ByteBuf.class) + ", "
            + StringUtil.simpleClassName(FileRegion.class) + ')';

    private final PipeEnd end;
    private final LoopRegistration registration;
    private final PipeShutdown halves;

    OutboundFilter(PipeEnd end, LoopRegistration registration, PipeShutdown halves) {
        this.end = end;
        this.registration = registration;
        this.halves = halves;
    }

    /** Returns what is to be queued for {@code message}, which is released if that is something else. */
    Object filter(Object message) throws IOException {
        if (message instanceof ControlMessage) {
            return message;
        }
        PipeEndMode target = end.expectedShape();
        if (!target.mayWrite()) {
            throw wrongDirection(end, "read");
        }
        halves.checkOutput();
        if (message instanceof ByteBuf buffer) {
            return buffer(buffer, target.writesMessages());
        }
        if (message instanceof FileRegion region) {
            return region(region, target.writesMessages());
        }
        throw new UnsupportedOperationException(
                "unsupported message type: " + StringUtil.simpleClassName(message) + EXPECTED_TYPES);
    }

    private Object buffer(ByteBuf buffer, boolean oneMessage) {
        if (oneMessage && !buffer.isReadable()) {
            buffer.release();
            return ControlMessage.ZERO_LENGTH_MESSAGE;
        }
        return Buffers.isAddressable(buffer) ? buffer : Buffers.toDirect(buffer, end.config(), registration);
    }

    private static Object region(FileRegion region, boolean oneMessage) {
        if (oneMessage && region.count() == region.transferred()) {
            region.release();
            return ControlMessage.ZERO_LENGTH_MESSAGE;
        }
        if (oneMessage && region.count() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("too long for one message: " + region.count() + " bytes");
        }
        return region;
    }

    /** Returns the failure of what needs the direction that an end does not have. */
    static UnsupportedOperationException wrongDirection(PipeEnd end, String can) {
        return new UnsupportedOperationException("this end of " + end.pipeName() + " can only " + can
                + ": PIPE_ACCESS is " + end.expectedShape().access());
    }
}
