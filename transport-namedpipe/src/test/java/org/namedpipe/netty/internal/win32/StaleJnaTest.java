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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.NamedPipe;
import org.namedpipe.netty.iocp.IocpIoHandler;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The native library has another version than the JNA on the class path. JNA throws an {@code Error} for this. */
class StaleJnaTest {
    private static final String NATIVE = "com.sun.jna.Native";
    private static final String MESSAGE = "There is an incompatible JNA native library installed on this system";

    /** Loads all classes again, and a {@code Native} that fails as that of JNA does. */
    private static final class StaleJna extends URLClassLoader {
        StaleJna() {
            super(classPath(), ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.equals(NATIVE)) {
                byte[] classFile = failing();
                return defineClass(name, classFile, 0, classFile.length);
            }
            return super.findClass(name);
        }

        private static URL[] classPath() {
            return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                    .map(entry -> {
                        try {
                            return Path.of(entry).toUri().toURL();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toArray(URL[]::new);
        }
    }

    private static byte[] failing() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, NATIVE.replace('.', '/'), null, "java/lang/Object", null);
        int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL;
        writer.visitField(access, "POINTER_SIZE", "I", null, null).visitEnd();
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
        method.visitCode();
        method.visitTypeInsn(Opcodes.NEW, "java/lang/Error");
        method.visitInsn(Opcodes.DUP);
        method.visitLdcInsn(MESSAGE);
        method.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Error", "<init>", "(Ljava/lang/String;)V", false);
        method.visitInsn(Opcodes.ATHROW);
        method.visitMaxs(0, 0);
        method.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    @Test
    void isTheDocumentedErrorEachTime() throws Exception {
        String os = System.getProperty("os.name");
        System.setProperty("os.name", "Windows Server 2022");
        try (StaleJna loader = new StaleJna()) {
            Class<?> namedPipe = loader.loadClass(NamedPipe.class.getName());
            Class<?> handler = loader.loadClass(IocpIoHandler.class.getName());
            for (int attempt = 1; attempt <= 3; attempt++) {
                assertThatThrownBy(() -> handler.getMethod("newFactory").invoke(null))
                        .cause()
                        .isInstanceOf(UnsatisfiedLinkError.class)
                        .hasMessageContaining(MESSAGE)
                        .cause()
                        .isExactlyInstanceOf(Error.class)
                        .hasMessage(MESSAGE);
                assertThat(namedPipe.getMethod("isAvailable").invoke(null)).isEqualTo(false);
                assertThatThrownBy(
                                () -> namedPipe.getMethod("ensureAvailability").invoke(null))
                        .cause()
                        .isInstanceOf(UnsatisfiedLinkError.class);
            }
            assertThat((Throwable) namedPipe.getMethod("unavailabilityCause").invoke(null))
                    .hasStackTraceContaining(MESSAGE);
        } finally {
            System.setProperty("os.name", os);
        }
    }
}
