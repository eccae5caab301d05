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
package org.namedpipe.netty.testing;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class after which a reference-counted object has been garbage-collected without having been released.
 *
 * <p>JUnit loads it from {@code META-INF/services}, before a test lets Netty create a detector.
 */
public final class LeakGuard implements AfterAllCallback {
    static final LeakRecorder RECORDER = new LeakRecorder();

    static {
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(RECORDER);
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        // A nested class is checked with its enclosing class.
        if (context.getRequiredTestClass().getEnclosingClass() == null) {
            check(RECORDER);
        }
    }

    static void check(LeakRecorder recorder) {
        List<String> leaks = recorder.collect();
        if (!leaks.isEmpty()) {
            throw new AssertionError(leaks.size() + " leaked, allocated here:\n" + String.join("\n----\n", leaks));
        }
    }
}
