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
 * Records a successful call of {@code CreateNamedPipe}.
 *
 * @param handle the handle of the instance; it may be closed, and its number reused
 * @param path the path, as passed
 * @param openMode the direction and the flags, such as {@code PIPE_ACCESS_DUPLEX}
 * @param pipeMode the modes, such as {@code PIPE_TYPE_MESSAGE}
 * @param maxInstances the limit of instances, 255 for none
 * @param outQuota the size of the outbound buffer in bytes
 * @param inQuota the size of the inbound buffer in bytes
 * @param defaultTimeoutMillis the time-out of {@code WaitNamedPipe} in milliseconds, 0 for the default of Windows
 * @param securityDescriptor the security descriptor as SDDL, or {@code null} for the default of Windows
 * @see SimulatedKernel#instances(String)
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

    /** Returns true if all of these bits are set in {@link #openMode()}. */
    public boolean hasOpenMode(int bits) {
        return (openMode & bits) == bits;
    }

    /** Returns true if all of these bits are set in {@link #pipeMode()}. */
    public boolean hasPipeMode(int bits) {
        return (pipeMode & bits) == bits;
    }
}
