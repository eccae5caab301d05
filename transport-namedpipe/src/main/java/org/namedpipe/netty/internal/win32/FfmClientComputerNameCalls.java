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
package org.namedpipe.netty.internal.win32;

import java.lang.invoke.MethodHandle;

/** {@link ClientComputerNameCalls}, as downcalls of {@code java.lang.foreign}. */
final class FfmClientComputerNameCalls implements ClientComputerNameCalls {
    private static final FfmLibrary DLL = FfmLibrary.load("kernel32", ClientComputerNameCalls.class);

    private static final MethodHandle GET_NAMED_PIPE_CLIENT_COMPUTER_NAME_W =
            DLL.function("GetNamedPipeClientComputerNameW");

    @Override
    public int GetNamedPipeClientComputerNameW(long pipe, long name, int bytes) {
        return (int) Downcall.call(GET_NAMED_PIPE_CLIENT_COMPUTER_NAME_W, pipe, name, bytes);
    }
}
