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
package org.namedpipe.netty.iocp;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The registrations of one handler, oldest first. Confined to the loop's thread but for {@link #count()}. */
final class Registrations {
    private final Set<IocpRegistration> registrations = new LinkedHashSet<>();
    private volatile int count;

    /** Returns how many there are. Any thread. */
    int count() {
        return count;
    }

    void add(IocpRegistration registration) {
        registrations.add(registration);
        count = registrations.size();
    }

    void remove(IocpRegistration registration) {
        registrations.remove(registration);
        count = registrations.size();
    }

    /** Has each handle close itself, once. */
    void closeAll() {
        // A closing handle may remove its registration.
        List.copyOf(registrations).forEach(IocpRegistration::close);
    }
}
