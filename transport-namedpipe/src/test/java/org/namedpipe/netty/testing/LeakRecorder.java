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
import io.netty.util.ResourceLeakTracker;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Creates leak detectors that keep leaks instead of logging them. */
final class LeakRecorder extends ResourceLeakDetectorFactory {
    private static final long GC_MILLIS = 10_000;

    private final Queue<RecordingDetector<?>> detectors = new ConcurrentLinkedQueue<>();
    private final Queue<String> leaks = new ConcurrentLinkedQueue<>();

    @Override
    @SuppressWarnings("deprecation") // the one method that a factory must implement
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int interval, long maxActive) {
        RecordingDetector<T> detector = new RecordingDetector<>(resource, interval);
        detectors.add(detector);
        return detector;
    }

    /**
     * Collects garbage, then takes the leaks found since the last call, each as its type and where it was allocated and
     * touched. Of several leaks with the same history, Netty reports the first one only.
     */
    List<String> collect() {
        // References are queued one garbage collection after another: after the second one, all references of the first
        // one are in their queue.
        awaitGarbageCollection();
        awaitGarbageCollection();
        detectors.forEach(RecordingDetector::pollQueue);
        List<String> found = new ArrayList<>();
        for (String leak = leaks.poll(); leak != null; leak = leaks.poll()) {
            found.add(leak);
        }
        return found;
    }

    private static void awaitGarbageCollection() {
        ReferenceQueue<Object> queue = new ReferenceQueue<>();
        WeakReference<Object> canary = new WeakReference<>(new Object(), queue);
        System.gc();
        try {
            if (queue.remove(GC_MILLIS) != canary) {
                throw new IllegalStateException("System.gc() has no effect, leaks cannot be found");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while looking for leaks", e);
        }
    }

    private final class RecordingDetector<T> extends ResourceLeakDetector<T> {
        RecordingDetector(Class<?> resource, int interval) {
            super(resource, interval);
        }

        @Override
        protected boolean needReport() {
            return true;
        }

        @Override
        protected void reportTracedLeak(String resourceType, String records) {
            leaks.add(resourceType + records);
        }

        @Override
        protected void reportUntracedLeak(String resourceType) {
            leaks.add(resourceType + " (no trace)");
        }

        /** A detector polls its queue only when it tracks an object. */
        @SuppressWarnings("unchecked") // it uses the identity of the object only
        void pollQueue() {
            T object = (T) new Object();
            ResourceLeakTracker<T> tracker = trackForcibly(object);
            tracker.close(object);
        }
    }
}
