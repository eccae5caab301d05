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

import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Formats the stacks of the threads of this process. */
final class ThreadDump {
    private static final int FRAMES = 16;
    private static final Set<String> NOT_OURS = Set.of("system", "InnocuousThreadGroup");

    private ThreadDump() {}

    /** Returns the stacks of all threads that run Java code, without the JVM's own threads. */
    static String take() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> entry.getValue().length > 0 && entry.getKey() != Thread.currentThread())
                .filter(entry -> entry.getKey().getThreadGroup() == null
                        || !NOT_OURS.contains(entry.getKey().getThreadGroup().getName()))
                .sorted(Comparator.comparing(entry -> entry.getKey().getName()))
                .map(ThreadDump::thread)
                .collect(Collectors.joining("\n"));
    }

    private static String thread(Map.Entry<Thread, StackTraceElement[]> entry) {
        StringBuilder text = new StringBuilder();
        text.append('"')
                .append(entry.getKey().getName())
                .append("\" ")
                .append(entry.getKey().getState());
        StackTraceElement[] stack = entry.getValue();
        for (int i = 0; i < Math.min(FRAMES, stack.length); i++) {
            text.append("\n    at ").append(stack[i]);
        }
        return text.toString();
    }
}
