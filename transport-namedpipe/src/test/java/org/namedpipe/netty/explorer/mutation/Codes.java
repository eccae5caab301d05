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

import org.namedpipe.netty.explorer.mutation.Change.Code;
import org.objectweb.asm.Opcodes;

/** The instructions that mutants are made of. */
final class Codes {
    static final String TRANSPORT = "org/namedpipe/netty/";
    static final Code THIS = method -> method.visitVarInsn(Opcodes.ALOAD, 0);
    static final Code FIRST_ARGUMENT = method -> method.visitVarInsn(Opcodes.ALOAD, 1);

    private Codes() {}

    /** A plain instruction without operands. */
    static Code plain(int opcode) {
        return method -> method.visitInsn(opcode);
    }

    /** A field of an object on the stack. */
    static Code field(String owner, String name, String type) {
        return method -> method.visitFieldInsn(Opcodes.GETFIELD, internal(owner), name, descriptor(type));
    }

    /** A call of a method of an object on the stack. */
    static Code call(String owner, String name, String descriptor) {
        return method -> method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, internal(owner), name, descriptor, false);
    }

    static Code callInterface(String owner, String name, String descriptor) {
        return method -> method.visitMethodInsn(Opcodes.INVOKEINTERFACE, internal(owner), name, descriptor, true);
    }

    static Code callStatic(String owner, String name, String descriptor) {
        return method -> method.visitMethodInsn(Opcodes.INVOKESTATIC, internal(owner), name, descriptor, false);
    }

    private static String descriptor(String type) {
        return type.length() == 1 ? type : 'L' + internal(type) + ';';
    }

    /** Classes without a package of Netty's are the transport's. */
    private static String internal(String name) {
        return name.startsWith("io/") || name.startsWith(TRANSPORT) ? name : TRANSPORT + name;
    }
}
