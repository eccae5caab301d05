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

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.Kernel;

/** Records the handles that the transport opens, with the call that opened each, until it closes them. */
public final class OpenHandles {
    private final Kernel kernel;
    private final ConcurrentMap<Long, String> open = new ConcurrentHashMap<>();

    public OpenHandles(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Returns the kernel for the transport. */
    public Kernel proxy() {
        return (Kernel)
                Proxy.newProxyInstance(Kernel.class.getClassLoader(), new Class<?>[] {Kernel.class}, this::call);
    }

    /** Returns the calls that opened the handles which are open. */
    public Iterable<String> openers() {
        return open.values();
    }

    private @Nullable Object call(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        String name = method.getName();
        if (name.equals("closeHandle") && arguments != null) {
            // Before the call: afterwards another thread may be given the same number.
            open.remove(arguments[0]);
        }
        @Nullable Object result;
        try {
            result = method.invoke(kernel, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (opensHandle(method) && result instanceof Long handle && handle > 0) {
            open.put(handle, name);
        }
        return result;
    }

    private static boolean opensHandle(Method method) {
        String name = method.getName();
        return method.getReturnType() == long.class
                && !name.equals("createSecurityDescriptor")
                && (name.startsWith("create")
                        || name.startsWith("open")
                        || name.equals("holdNamedPipe")
                        || name.equals("duplicateHandle"));
    }
}
