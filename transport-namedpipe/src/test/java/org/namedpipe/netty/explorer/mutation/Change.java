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

/** A change to the code of a method. Straight lines only, so that the frames of the class file stay valid. */
interface Change {
    int API = Opcodes.ASM9;

    /**
     * Rewrites a method.
     *
     * @param next where its code goes
     * @param found to be run whenever the place is found that is changed
     */
    MethodVisitor apply(MethodVisitor next, Runnable found);

    /** Code to be put somewhere. */
    interface Code {
        void into(MethodVisitor method);

        /** This, and then something else. */
        default Code then(Code other) {
            return method -> {
                into(method);
                other.into(method);
            };
        }
    }

    static Change atStart(Code code) {
        return (next, found) -> new MethodVisitor(API, next) {
            @Override
            public void visitCode() {
                super.visitCode();
                found.run();
                code.into(mv);
            }
        };
    }

    static Change after(String callee, Code code) {
        return aroundCall(callee, true, code);
    }

    /** Instead of a call; its receiver and arguments are on the stack. */
    static Change insteadOf(String callee, Code code) {
        return aroundCall(callee, false, code);
    }

    private static Change aroundCall(String callee, boolean keep, Code after) {
        return (next, found) -> new MethodVisitor(API, next) {
            @Override
            public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean ofInterface) {
                if (!name.equals(callee)) {
                    super.visitMethodInsn(opcode, owner, name, descriptor, ofInterface);
                    return;
                }
                found.run();
                if (keep) {
                    super.visitMethodInsn(opcode, owner, name, descriptor, ofInterface);
                }
                after.into(mv);
            }
        };
    }

    /** After a field is read or written. */
    static Change afterField(int opcode, String field, Code code) {
        return (next, found) -> new MethodVisitor(API, next) {
            @Override
            public void visitFieldInsn(int instruction, String owner, String name, String descriptor) {
                super.visitFieldInsn(instruction, owner, name, descriptor);
                if (instruction == opcode && name.equals(field)) {
                    found.run();
                    code.into(mv);
                }
            }
        };
    }

    /** Takes one constant of an enum for another. */
    static Change constant(String from, String to) {
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

    /** Has a switch know one case less. */
    static Change withoutCase(int key) {
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

    /** Has a method return this, whatever it has found out. */
    static Change result(boolean result) {
        return (next, found) -> new MethodVisitor(API, next) {
            @Override
            public void visitInsn(int opcode) {
                if (opcode == Opcodes.IRETURN) {
                    found.run();
                    super.visitInsn(Opcodes.POP);
                    super.visitInsn(result ? Opcodes.ICONST_1 : Opcodes.ICONST_0);
                }
                super.visitInsn(opcode);
            }
        };
    }

    /** Has a method return {@code null}, whatever it has found out. */
    static Change resultNull() {
        return (next, found) -> new MethodVisitor(API, next) {
            @Override
            public void visitInsn(int opcode) {
                if (opcode == Opcodes.ARETURN) {
                    found.run();
                    super.visitInsn(Opcodes.POP);
                    super.visitInsn(Opcodes.ACONST_NULL);
                }
                super.visitInsn(opcode);
            }
        };
    }
}
