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
 * A pipe could be opened, but its server is not one that {@link NamedPipeChannelOption#TRUSTED_SERVER} trusts, or it could
 * not be told: somebody else may have taken the name. Nothing was sent to it.
 *
 * <p>A {@link ConnectException}, because clients already deal with those, and must not mistake this for a connection.
 */
public final class UntrustedServerException extends ConnectException {
    private static final long serialVersionUID = 1L;

    UntrustedServerException(String message, @Nullable Throwable cause) {
        super(message);
        if (cause != null) {
            initCause(cause);
        }
    }
}
