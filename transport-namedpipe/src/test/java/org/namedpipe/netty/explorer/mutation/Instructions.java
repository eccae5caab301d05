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
package org.namedpipe.netty.explorer.mutation;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** A sequence of JVM instructions. */
interface Instructions {
    String TRANSPORT = "org/namedpipe/netty/";
    Instructions THIS = method -> method.visitVarInsn(Opcodes.ALOAD, 0);
    Instructions FIRST_ARGUMENT = method -> method.visitVarInsn(Opcodes.ALOAD, 1);

    void write(MethodVisitor method);

    /** Returns these instructions, followed by others. */
    default Instructions then(Instructions others) {
        return method -> {
            write(method);
            others.write(method);
        };
    }

    /** Returns instructions without operands. */
    static Instructions plain(int... opcodes) {
        return method -> {
            for (int opcode : opcodes) {
                method.visitInsn(opcode);
            }
        };
    }

    /** Reads a field of the object on the stack. */
    static Instructions field(String owner, String name, String type) {
        return method -> method.visitFieldInsn(Opcodes.GETFIELD, internal(owner), name, descriptor(type));
    }

    /** Calls a method of the object on the stack. */
    static Instructions call(String owner, String name, String descriptor) {
        return method -> method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, internal(owner), name, descriptor, false);
    }

    static Instructions callInterface(String owner, String name, String descriptor) {
        return method -> method.visitMethodInsn(Opcodes.INVOKEINTERFACE, internal(owner), name, descriptor, true);
    }

    static Instructions callStatic(String owner, String name, String descriptor) {
        return method -> method.visitMethodInsn(Opcodes.INVOKESTATIC, internal(owner), name, descriptor, false);
    }

    private static String descriptor(String type) {
        return type.length() == 1 ? type : 'L' + internal(type) + ';';
    }

    /** Adds the transport's package to a class name that is not Netty's. */
    private static String internal(String name) {
        return name.startsWith("io/") || name.startsWith(TRANSPORT) ? name : TRANSPORT + name;
    }
}
