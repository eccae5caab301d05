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

/**
 * Signals that a pipe could be opened, but {@link NamedPipeChannelOption#TRUSTED_SERVER} does not trust its server, or the server
 * could not be checked. Another process may have taken the name. Nothing was sent to it.
 *
 * <p>This is a {@link ConnectException}, because the connect has failed.
 */
public final class NamedPipeUntrustedServerException extends ConnectException {
    private static final long serialVersionUID = 1L;

    NamedPipeUntrustedServerException(String message, @Nullable Throwable cause) {
        super(message);
        if (cause != null) {
            initCause(cause);
        }
    }
}
