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
package org.namedpipe.netty.internal.win32;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * Makes handles of the functions of one DLL. The methods of an interface declare their types. In the handles every parameter is a
 * {@code long}, and so is the result, so that {@link Downcall} needs one method per number of arguments only.
 */
final class FfmLibrary {
    private final Object symbols;
    private final Class<?> calls;

    private FfmLibrary(Object symbols, Class<?> calls) {
        this.symbols = symbols;
        this.calls = calls;
    }

    /** Loads a library whose functions {@code calls} declares. */
    static FfmLibrary load(String name, Class<?> calls) {
        return new FfmLibrary(Foreign.library(name), calls);
    }

    /** A function that sets the last error. The first parameter of its handle is the segment of {@link CapturedError}. */
    MethodHandle function(String name) {
        MethodType type = type(name);
        return MethodHandles.explicitCastArguments(
                Foreign.function(symbols, name, type, true), longs(type).insertParameterTypes(0, Object.class));
    }

    /** A function that returns its error. */
    MethodHandle statusFunction(String name) {
        MethodType type = type(name);
        return MethodHandles.explicitCastArguments(Foreign.function(symbols, name, type, false), longs(type));
    }

    private MethodType type(String name) {
        Method method = Arrays.stream(calls.getDeclaredMethods())
                .filter(declared -> declared.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name));
        return MethodType.methodType(method.getReturnType(), method.getParameterTypes());
    }

    private static MethodType longs(MethodType type) {
        Class<?>[] parameters = new Class<?>[type.parameterCount()];
        Arrays.fill(parameters, long.class);
        return MethodType.methodType(long.class, parameters);
    }
}
