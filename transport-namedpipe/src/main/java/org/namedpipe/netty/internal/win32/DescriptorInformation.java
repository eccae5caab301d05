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

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a security descriptor that matter for who controls an object.
 *
 * @param ownerSid the owner, {@code null} if the descriptor names none
 * @param entries the entries of the DACL in their order; {@code null} if there is no DACL or a NULL one, so that everyone may
 *     do everything
 */
public record DescriptorInformation(
        @Nullable String ownerSid, @Nullable List<Entry> entries) {

    /**
     * An entry that applies to the object itself. A denial under a condition is left out, since it need not apply.
     *
     * @param allows if the entry allows or denies
     * @param mask the rights, generic ones as they were written
     * @param sid the user or group
     */
    public record Entry(boolean allows, int mask, String sid) {}

    public DescriptorInformation {
        entries = entries == null ? null : List.copyOf(entries);
    }
}
