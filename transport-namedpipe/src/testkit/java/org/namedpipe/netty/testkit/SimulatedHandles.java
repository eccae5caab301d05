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

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.Win32Error;

/**
 * The handle table. A new handle is the lowest free multiple of four, so that a stale handle soon refers to another object.
 */
final class SimulatedHandles {
    private static final long STEP = 4;

    private final TreeMap<Long, Object> objects = new TreeMap<>();
    private final TreeSet<Long> free = new TreeSet<>();
    private final List<String> invalidUses = new ArrayList<>();

    long add(Object object) {
        Long reused = free.pollFirst();
        long handle = reused == null ? STEP * (objects.size() + 1L) : reused;
        objects.put(handle, object);
        return handle;
    }

    /** Returns the object of a handle. Fails with ERROR_INVALID_HANDLE if it is closed or of another kind. */
    <T> T get(long handle, Class<T> type) {
        Object object = objects.get(handle);
        if (!type.isInstance(object)) {
            invalidUses.add(
                    handle + " used as " + type.getSimpleName() + " is " + (object == null ? "closed" : object));
            throw new SimulatedFailure(Win32Error.ERROR_INVALID_HANDLE);
        }
        return type.cast(object);
    }

    Object remove(long handle) {
        Object object = get(handle, Object.class);
        objects.remove(handle);
        free.add(handle);
        return object;
    }

    /** Returns the object of a handle, or {@code null}. */
    @Nullable
    Object peek(long handle) {
        return objects.get(handle);
    }

    Collection<Object> objects() {
        return objects.values();
    }

    List<String> describe() {
        return objects.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .toList();
    }

    List<String> invalidUses() {
        return List.copyOf(invalidUses);
    }
}
