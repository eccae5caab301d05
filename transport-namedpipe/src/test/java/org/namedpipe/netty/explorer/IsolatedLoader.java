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

import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Loads the classes of the transport and of its tests once more, so that a subclass can change them, and no static field is
 * shared with the rest of the JVM. All other classes come from the parent.
 */
public class IsolatedLoader extends ClassLoader {
    private static final String OWN = "org.namedpipe.netty.";

    static {
        registerAsParallelCapable();
    }

    public IsolatedLoader() {
        super("isolated", IsolatedLoader.class.getClassLoader());
    }

    /** Returns a function that runs a seed on the classes of this loader, and returns its violation or {@code null}. */
    public final LongFunction<@Nullable String> explorer() {
        return create("explorer");
    }

    /** Returns a function that runs a seed, and returns its trace. */
    public final LongFunction<String> tracer() {
        return create("tracer");
    }

    /** As {@link #tracer()}, but runs the seed twice, and replays the schedule of the first run in the second. */
    final LongFunction<String> replayer() {
        return create("replayer");
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // only an interface of the JDK is shared
    private <T> T create(String method) {
        try {
            return (T) loadClass(OWN + "explorer.Explorer").getMethod(method).invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /** Returns the class file to load instead of this one. */
    protected byte[] transform(String name, byte[] classFile) {
        return classFile;
    }

    /** Rewrites the methods with this name. */
    protected static byte[] rewriteMethods(byte[] classFile, String method, UnaryOperator<MethodVisitor> rewrite) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        ClassVisitor visitor = new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public MethodVisitor visitMethod(
                    int access, String name, String descriptor, String signature, String[] exceptions) {
                MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
                return name.equals(method) ? rewrite.apply(next) : next;
            }
        };
        new ClassReader(classFile).accept(visitor, 0);
        return writer.toByteArray();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OWN)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] classFile = transform(name, FlushThreads.redirect(name, in.readAllBytes()));
            return defineClass(name, classFile, 0, classFile.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
