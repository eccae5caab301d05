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

import java.net.ConnectException;
import org.jspecify.annotations.Nullable;

/** Decides if a client may open the pipe of another computer. Windows logs on to that computer before anything can be checked. */
final class RemotePipes {
    private RemotePipes() {}

    /** Returns why a client must not open a pipe, or {@code null} if it may. Calls nothing of Windows. */
    static @Nullable ConnectException refusal(NamedPipeAddress server, NamedPipeChannelConfig config) {
        if (server.isLocal()) {
            return null;
        }
        if (!config.get(NamedPipeChannelOption.ALLOW_REMOTE)) {
            return new ConnectException(
                    "CreateFile(" + server + ") refused: the pipe is on the computer '" + server.host()
                            + "', and Windows would log on there with the credentials of this process."
                            + " If that is intended, set NamedPipeChannelOption.ALLOW_REMOTE to true;"
                            + " for a pipe of this computer use \\\\.\\pipe\\" + server.name());
        }
        return config.get(NamedPipeChannelOption.TRUSTED_SERVER).checkHost(server);
    }
}
