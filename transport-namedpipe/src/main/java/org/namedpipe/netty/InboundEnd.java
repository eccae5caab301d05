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

import io.netty.channel.RecvByteBufAllocator;

/** A channel as reading sees it. */
interface InboundEnd extends PipeEnd {
    /** Returns what guesses how much to read. */
    RecvByteBufAllocator.ExtendedHandle allocHandle();

    /** Takes in an empty message; returns whether it was the end of the peer's output rather than a message. */
    boolean endOfInput();
}
