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

import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FileRegion;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A channel as writing, draining and closing see it. */
interface OutboundEnd extends PipeEnd {
    /** Throws if the file of a region has fewer bytes than the region. */
    void checkRegion(FileRegion region) throws IOException;

    /** Writes what is flushed, as far as it can be. */
    void flushNow();

    /** Writes a message of the transport's own behind all others, and flushes. */
    void writeMarker(ControlMessage marker, ChannelPromise promise);

    /** Closes the channel because of a write that failed, if {@code AUTO_CLOSE} is on. */
    void writeFailed(Throwable cause);

    /** Returns a promise whose outcome is of no interest, not even a failure. */
    ChannelPromise voidPromise();

    /** Ends the output: messages that were not written fail, and no others are taken. */
    void shutdownOutput(ChannelPromise promise);

    /** Returns the messages that are not written yet, or {@code null} if Netty has begun to close the channel. */
    @Nullable
    ChannelOutboundBuffer outboundBuffer();

    /** Returns whether Netty has begun to close the channel, and takes no messages. */
    boolean isClosing();

    /** Ends reading and writing. @return whether a write is under way that is about to end */
    boolean cancelAll();
}
