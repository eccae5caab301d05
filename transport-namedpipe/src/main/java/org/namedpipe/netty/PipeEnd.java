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

import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;

/** A channel as its own parts see it: one end of a pipe, its event loop and its pipeline. */
interface PipeEnd {
    /** Returns whether the pipe is open. */
    boolean isActive();

    /** Returns the path of the pipe, for messages. */
    String pipeName();

    /** Returns the shape of the pipe, or while there is none the one that the options ask for. */
    PipeEndMode expectedShape();

    EventLoop eventLoop();

    ChannelPipeline pipeline();

    NamedPipeChannelConfig config();

    /** Returns the state of writing to a peer that has closed its end. */
    GonePeer gonePeer();

    /** Closes without lingering. */
    void closeNow();
}
