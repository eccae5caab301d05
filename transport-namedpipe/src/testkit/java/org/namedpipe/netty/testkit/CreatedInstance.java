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
package org.namedpipe.netty.testkit;

import org.jspecify.annotations.Nullable;

/**
 * A successful CreateNamedPipe, as a test reads it back.
 *
 * @param handle the instance's handle, which may be closed or somebody else's by now
 * @param path as it was given
 * @param securityDescriptor the text of the descriptor that was passed, or {@code null} for the system's default
 */
public record CreatedInstance(
        long handle,
        String path,
        int openMode,
        int pipeMode,
        int maxInstances,
        int outQuota,
        int inQuota,
        int defaultTimeoutMillis,
        @Nullable String securityDescriptor) {

    /** Whether all of these bits were set in the open mode. */
    public boolean hasOpenMode(int bits) {
        return (openMode & bits) == bits;
    }

    /** Whether all of these bits were set in the pipe mode. */
    public boolean hasPipeMode(int bits) {
        return (pipeMode & bits) == bits;
    }
}
