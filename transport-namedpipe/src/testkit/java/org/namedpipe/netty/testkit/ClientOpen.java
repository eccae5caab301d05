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

/**
 * Records a call of {@code CreateFile} for a client end, successful or not.
 *
 * @param result the handle, or the negated Win32 error code
 * @param path the path, as passed
 * @param desiredAccess the requested access, such as {@code GENERIC_READ}
 * @param flags the flags, such as {@code FILE_FLAG_OVERLAPPED}
 * @see SimulatedKernel#opens(String)
 */
public record ClientOpen(long result, String path, int desiredAccess, int flags) {

    /** Returns true if all of these bits are set in {@link #flags()}. */
    public boolean hasFlags(int bits) {
        return (flags & bits) == bits;
    }
}
