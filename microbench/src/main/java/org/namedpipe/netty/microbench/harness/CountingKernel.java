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
package org.namedpipe.netty.microbench.harness;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.namedpipe.netty.internal.win32.Kernel;

/** Counts the calls of another kernel. Counting takes time, so no experiment that measures time uses it. */
final class CountingKernel {
    private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();
    private final Kernel kernel;

    CountingKernel(Kernel counted) {
        kernel = (Kernel) Proxy.newProxyInstance(
                Kernel.class.getClassLoader(), new Class<?>[] {Kernel.class}, (proxy, method, arguments) -> {
                    calls.computeIfAbsent(method.getName(), name -> new LongAdder())
                            .increment();
                    try {
                        return method.invoke(counted, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    Kernel kernel() {
        return kernel;
    }

    /** Returns the number of calls so far, by the method's name. */
    Map<String, Long> calls() {
        Map<String, Long> sums = new TreeMap<>();
        calls.forEach((name, count) -> sums.put(name, count.sum()));
        return sums;
    }
}
