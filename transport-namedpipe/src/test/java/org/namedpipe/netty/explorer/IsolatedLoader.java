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
import org.jspecify.annotations.Nullable;

/**
 * Loads the transport and its tests anew, so that their classes can be changed on the way, and nothing static is shared
 * with the rest of the JVM. All else is the parent's.
 */
public class IsolatedLoader extends ClassLoader {
    private static final String OWN = "org.namedpipe.netty.";

    static {
        registerAsParallelCapable();
    }

    public IsolatedLoader() {
        super("isolated", IsolatedLoader.class.getClassLoader());
    }

    /** A new explorer of the classes of this loader: says what is wrong with a seed, or {@code null}. */
    @SuppressWarnings("unchecked") // all that is shared is an interface of the JDK
    public final LongFunction<@Nullable String> newExploration() {
        return (LongFunction<@Nullable String>) newInstance("Exploration");
    }

    /** The same, but tells all that happens. */
    @SuppressWarnings("unchecked")
    public final LongFunction<String> newNarration() {
        return (LongFunction<String>) newInstance("Narration");
    }

    private Object newInstance(String name) {
        try {
            return loadClass(OWN + "explorer." + name).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /** What a class shall be instead. */
    protected byte[] transform(String name, byte[] classFile) {
        return classFile;
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
