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

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.namedpipe.netty.internal.win32.Kernel;

/** A kernel that passes calls on, and records an argument of one method. */
final class SpyKernel {
    private final Queue<Long> arguments = new ConcurrentLinkedQueue<>();
    private final Kernel kernel;

    /** Records the argument with an index, of all calls of a method. */
    SpyKernel(Kernel spied, String method, int argument) {
        kernel = (Kernel) Proxy.newProxyInstance(
                Kernel.class.getClassLoader(), new Class<?>[] {Kernel.class}, (proxy, called, given) -> {
                    if (called.getName().equals(method)) {
                        arguments.add(((Number) given[argument]).longValue());
                    }
                    try {
                        return called.invoke(spied, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    Kernel kernel() {
        return kernel;
    }

    /** Returns the recorded arguments, oldest first. */
    List<Long> arguments() {
        return List.copyOf(arguments);
    }
}
