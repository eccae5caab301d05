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

import io.netty.bootstrap.Bootstrap;
import org.junit.jupiter.api.AfterEach;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;

/** Fixture of clients that open pipes of another computer. A thread opens them, because a call may wait for the network. */
abstract class AbstractRemotePipeTest extends OneThread {
    static final String HOST = "elsewhere";

    final NamedPipeAddress remote = NamedPipeAddress.of("\\\\elsewhere\\pipe\\simulated");
    final Recorder recorder = new Recorder();

    /** A thread may enter its call after the attempt has ended. */
    @AfterEach
    void answerForTheHost() {
        kernel.removeSilentHost(HOST);
    }

    final Bootstrap remoteClient() {
        return client(recorder).option(NamedPipeChannelOption.ALLOW_REMOTE, true);
    }
}
