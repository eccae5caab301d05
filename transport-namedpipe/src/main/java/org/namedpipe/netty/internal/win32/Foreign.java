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

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of {@code java.lang.foreign} that {@link FfmBinding} needs. It is called by reflection, since this is compiled for Java
 * 17, so its types are {@code Object} here. Its methods make handles or are called once; calls of Windows use no reflection.
 *
 * <p>The first use fails with an {@link UnsatisfiedLinkError} if this JVM does not have the package, or denies it.
 */
final class Foreign {
    static {
        ForeignAccess.check();
    }

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final Class<?> ARENA = type("Arena");
    private static final Class<?> DESCRIPTOR = type("FunctionDescriptor");
    private static final Class<?> LAYOUT = type("MemoryLayout");
    private static final Class<?> LINKER = type("Linker");
    private static final Class<?> OPTION = type("Linker$Option");
    private static final Class<?> PATH_ELEMENT = type("MemoryLayout$PathElement");
    private static final Class<?> SEGMENT = type("MemorySegment");
    private static final Class<?> SYMBOLS = type("SymbolLookup");
    private static final Class<?> VALUE = type("ValueLayout");

    /** Elsewhere than on Windows only tests call functions. */
    private static final String ERROR =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows") ? "GetLastError" : "errno";

    private static final Object STATE = call(OPTION, null, "captureStateLayout");
    private static final Object NO_OPTIONS = arrayOf(OPTION);
    private static final Object CAPTURING =
            arrayOf(OPTION, call(OPTION, null, "captureCallState", new Class<?>[] {String[].class}, (Object)
                    new String[] {ERROR}));

    private Foreign() {}

    // ---- functions

    /** The symbols of a library. */
    static Object library(String name) {
        Object arena = call(ARENA, null, "global");
        return call(SYMBOLS, null, "libraryLookup", new Class<?>[] {String.class, ARENA}, name, arena);
    }

    /**
     * A handle of a function.
     *
     * @param symbols of {@link #library}
     * @param type of {@code byte}, {@code int} and {@code long}
     * @param capturesError whether the handle has a first parameter, an {@code Object} of {@link #segmentOf}
     * @throws UnsatisfiedLinkError if the library has no such function
     */
    static MethodHandle function(Object symbols, String name, MethodType type, boolean capturesError) {
        Object address = ((Optional<?>) call(SYMBOLS, symbols, "find", new Class<?>[] {String.class}, name))
                .orElseThrow(() -> new UnsatisfiedLinkError("no function " + name));
        MethodHandle handle = (MethodHandle) call(
                LINKER,
                call(LINKER, null, "nativeLinker"),
                "downcallHandle",
                new Class<?>[] {SEGMENT, DESCRIPTOR, OPTION.arrayType()},
                address,
                descriptor(type),
                capturesError ? CAPTURING : NO_OPTIONS);
        return capturesError ? handle.asType(handle.type().changeParameterType(0, Object.class)) : handle;
    }

    private static Object descriptor(MethodType type) {
        Object[] parameters =
                type.parameterList().stream().map(Foreign::layoutOf).toArray();
        Object layouts = arrayOf(LAYOUT, parameters);
        Class<?> array = LAYOUT.arrayType();
        return type.returnType() == void.class
                ? call(DESCRIPTOR, null, "ofVoid", new Class<?>[] {array}, layouts)
                : call(DESCRIPTOR, null, "of", new Class<?>[] {LAYOUT, array}, layoutOf(type.returnType()), layouts);
    }

    private static Object layoutOf(Class<?> primitive) {
        return layout("JAVA_" + primitive.getName().toUpperCase(Locale.ROOT));
    }

    private static Object layout(String name) {
        try {
            return requireNonNull(VALUE.getField(name).get(null));
        } catch (ReflectiveOperationException e) {
            throw ForeignAccess.failed(e);
        }
    }

    // ---- the last error

    /** The size of the state that a call captures, in bytes. */
    static int capturedStateSize() {
        return ((Long) call(LAYOUT, STATE, "byteSize")).intValue();
    }

    /** The offset of the last error in it, an {@code int}. */
    static int capturedErrorOffset() {
        Object element = call(PATH_ELEMENT, null, "groupElement", new Class<?>[] {String.class}, ERROR);
        Class<?>[] path = {PATH_ELEMENT.arrayType()};
        return ((Long) call(LAYOUT, STATE, "byteOffset", path, arrayOf(PATH_ELEMENT, element))).intValue();
    }

    // ---- memory

    /** The size of an address, in bytes. */
    static int pointerSize() {
        return ((Long) call(LAYOUT, layout("ADDRESS"), "byteSize")).intValue();
    }

    /** The segment of a direct buffer. */
    static Object segmentOf(ByteBuffer direct) {
        return call(SEGMENT, null, "ofBuffer", new Class<?>[] {Buffer.class}, direct);
    }

    /** {@code (ByteBuffer)long}: the address of the position of a direct buffer. */
    static MethodHandle addressOf() {
        try {
            MethodHandle segment = LOOKUP.findStatic(SEGMENT, "ofBuffer", MethodType.methodType(SEGMENT, Buffer.class));
            MethodHandle address = LOOKUP.findVirtual(SEGMENT, "address", MethodType.methodType(long.class));
            return MethodHandles.filterReturnValue(segment, address)
                    .asType(MethodType.methodType(long.class, ByteBuffer.class));
        } catch (ReflectiveOperationException e) {
            throw ForeignAccess.failed(e);
        }
    }

    /** The memory at an address, in the byte order of a new buffer. */
    static ByteBuffer memoryAt(long address, long size) {
        Object start = call(SEGMENT, null, "ofAddress", new Class<?>[] {long.class}, address);
        Object segment = call(SEGMENT, start, "reinterpret", new Class<?>[] {long.class}, size);
        return (ByteBuffer) call(SEGMENT, segment, "asByteBuffer");
    }

    // ---- reflection

    private static Class<?> type(String name) {
        try {
            return Class.forName("java.lang.foreign." + name);
        } catch (ClassNotFoundException e) {
            throw ForeignAccess.failed(e);
        }
    }

    private static Object arrayOf(Class<?> type, Object... elements) {
        Object array = Array.newInstance(type, elements.length);
        for (int i = 0; i < elements.length; i++) {
            Array.set(array, i, elements[i]);
        }
        return array;
    }

    private static Object call(Class<?> type, @Nullable Object receiver, String name) {
        return call(type, receiver, name, new Class<?>[0]);
    }

    private static Object call(
            Class<?> type, @Nullable Object receiver, String name, Class<?>[] parameters, Object... arguments) {
        try {
            return requireNonNull(type.getMethod(name, parameters).invoke(receiver, arguments));
        } catch (InvocationTargetException e) {
            throw ForeignAccess.failed(e.getCause() == null ? e : e.getCause());
        } catch (ReflectiveOperationException e) {
            throw ForeignAccess.failed(e);
        }
    }
}
