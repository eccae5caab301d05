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

import org.namedpipe.netty.win32.WindowsException;

/** A channel as connecting sees it. */
interface ConnectingEnd extends PipeEnd {
    /** Takes over the handle of an opened pipe; it is closed with the channel, also if this throws. */
    void opened(long opened, PipeEndMode openedAs, NamedPipeAddress server, NamedPipeAddress client)
            throws WindowsException;

    /** Starts the read that was asked for before there was a pipe. */
    void startReading();
}
