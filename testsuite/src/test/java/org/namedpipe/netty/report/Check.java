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
package org.namedpipe.netty.report;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One check of the report. It runs in a separate process.
 *
 * @param title a short description
 * @param limit the time after which the process is ended
 * @param settings configuration parameters of JUnit
 */
record Check(String title, Duration limit, Map<String, String> settings, List<Part> parts) {
    private static final String TEST_LIMIT = "junit.jupiter.execution.timeout.default";
    private static final String EXTENSIONS = "junit.jupiter.extensions.autodetection.enabled";

    static Check of(String title, int seconds, Part... parts) {
        return new Check(title, Duration.ofSeconds(seconds), Map.of(), List.of(parts));
    }

    /** Returns this check with a limit for each of its tests, after which the next test runs. */
    Check withTestLimit(int seconds) {
        return with(TEST_LIMIT, seconds + " s");
    }

    /** Returns this check without the search for leaks after each class, which takes time. */
    Check withoutLeakSearch() {
        return with(EXTENSIONS, "false");
    }

    private Check with(String key, String value) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(key, value);
        return new Check(title, limit, Map.copyOf(all), parts);
    }
}
