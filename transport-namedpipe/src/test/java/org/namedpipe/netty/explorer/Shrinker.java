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
package org.namedpipe.netty.explorer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Shortens a failing schedule: leaves out large parts first, then smaller ones, then single actions. */
final class Shrinker {
    private Shrinker() {}

    /**
     * Removes elements as long as the rest still fails.
     *
     * @return a list from which no single element can be removed
     */
    static <T> List<T> shrink(List<T> failing, Predicate<List<T>> fails) {
        List<T> shortest = failing;
        int part = Math.max(1, failing.size() / 2);
        while (true) {
            int before = shortest.size();
            for (int from = 0; from < shortest.size(); ) {
                List<T> candidate = new ArrayList<>(shortest);
                candidate.subList(from, Math.min(from + part, candidate.size())).clear();
                if (fails.test(candidate)) {
                    shortest = candidate;
                } else {
                    from += part;
                }
            }
            if (part == 1 && shortest.size() == before) {
                return shortest;
            }
            part = Math.max(1, part / 2);
        }
    }
}
