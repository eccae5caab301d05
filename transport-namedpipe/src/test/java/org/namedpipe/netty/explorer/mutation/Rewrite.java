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

import java.util.Arrays;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** A change to the instructions of a method. It adds no branches, so the stack map frames stay valid. */
interface Rewrite {
    int API = Opcodes.ASM9;

    /**
     * Returns a visitor that rewrites a method.
     *
     * @param next receives the rewritten method
     * @param found runs each time that the instruction to change is found
     */
    MethodVisitor apply(MethodVisitor next, Runnable found);

    /** Inserts instructions at the start of the method. */
    static Rewrite atStart(Instructions inserted) {
        return (next, found) -> new MethodVisitor(API, next) {
            @Override
            public void visitCode() {
                super.visitCode();
                found.run();
                inserted.write(mv);
            }
        };
    }

    /** Inserts instructions after each call of a method. */
    static Rewrite after(String callee, Instructions inserted) {
        return atCall(callee, true, inserted);
    }

    /** Replaces each call of a method. Its receiver and arguments are on the stack. */
    static Rewrite insteadOf(String callee, Instructions replacement) {
        return atCall(callee, false, replacement);
    }

    private static Rewrite atCall(String callee, boolean keep, Instructions then) {
        return (next, found) -> new MethodVisitor(API, next) {
            @Override
            public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean ofInterface) {
                boolean matches = name.equals(callee);
                if (keep || !matches) {
                    super.visitMethodInsn(opcode, owner, name, descriptor, ofInterface);
                }
                if (matches) {
                    found.run();
                    then.write(mv);
                }
            }
        };
    }

    /** Inserts instructions after each access of a field. */
    static Rewrite afterField(int opcode, String field, Instructions inserted) {
        return (next, found) -> new MethodVisitor(API, next) {
            @Override
            public void visitFieldInsn(int instruction, String owner, String name, String descriptor) {
                super.visitFieldInsn(instruction, owner, name, descriptor);
                if (instruction == opcode && name.equals(field)) {
                    found.run();
                    inserted.write(mv);
                }
            }
        };
    }

    /** Replaces a constant of an enum by another. */
    static Rewrite constant(String from, String to) {
        return (next, found) -> new MethodVisitor(API, next) {
            @Override
            public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
                boolean matches = opcode == Opcodes.GETSTATIC && name.equals(from);
                if (matches) {
                    found.run();
                }
                super.visitFieldInsn(opcode, owner, matches ? to : name, descriptor);
            }
        };
    }

    /** Removes a case from a switch. */
    static Rewrite withoutCase(int key) {
        return (next, found) -> new MethodVisitor(API, next) {
            @Override
            public void visitLookupSwitchInsn(Label defaultLabel, int[] keys, Label[] labels) {
                int place = Arrays.binarySearch(keys, key);
                if (place >= 0) {
                    found.run();
                    labels[place] = defaultLabel;
                }
                super.visitLookupSwitchInsn(defaultLabel, keys, labels);
            }
        };
    }

    /** Makes a method return this value. */
    static Rewrite result(boolean result) {
        return atReturn(Opcodes.IRETURN, result ? Opcodes.ICONST_1 : Opcodes.ICONST_0);
    }

    /** Makes a method return {@code null}. */
    static Rewrite resultNull() {
        return atReturn(Opcodes.ARETURN, Opcodes.ACONST_NULL);
    }

    private static Rewrite atReturn(int returnOpcode, int constant) {
        return (next, found) -> new MethodVisitor(API, next) {
            @Override
            public void visitInsn(int opcode) {
                if (opcode == returnOpcode) {
                    found.run();
                    super.visitInsn(Opcodes.POP);
                    super.visitInsn(constant);
                }
                super.visitInsn(opcode);
            }
        };
    }
}
