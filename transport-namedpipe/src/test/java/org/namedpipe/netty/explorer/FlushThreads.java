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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The threads on which the transport waits for a peer to read. They run on the one thread there is, when it is their turn: one
 * that would block is left where it is, and tries its call again at its next turn.
 */
public final class FlushThreads {
    /** Ends a turn in the middle of a call that would block. */
    @SuppressWarnings("serial")
    private static final class Blocked extends Error {
        private static final long serialVersionUID = 1;

        Blocked() {
            super("blocked", null, false, false);
        }
    }

    private static final String DRAIN = "org.namedpipe.netty.PipeFlush";
    /** Of the scenario that is played; classes are not shared with other explorers. */
    private static List<Runnable> current = new ArrayList<>();

    private final World world;
    private final List<Runnable> threads = new ArrayList<>();

    private FlushThreads(World world) {
        this.world = world;
    }

    /** Those of a new scenario, which are the transport's from now on. */
    static FlushThreads of(World world) {
        FlushThreads flushes = new FlushThreads(world);
        current = flushes.threads;
        return flushes;
    }

    /** Has the transport's own threads for this be those of the scenario. */
    static byte[] redirect(String className, byte[] classFile) {
        if (!className.equals(DRAIN)) {
            return classFile;
        }
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
                        return name.equals("<clinit>") ? withExecutor(next) : next;
                    }
                },
                0);
        return writer.toByteArray();
    }

    private static MethodVisitor withExecutor(MethodVisitor next) {
        return new MethodVisitor(Opcodes.ASM9, next) {
            @Override
            public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
                if (opcode == Opcodes.PUTSTATIC && name.equals("FLUSHER")) {
                    super.visitInsn(Opcodes.POP);
                    super.visitMethodInsn(
                            Opcodes.INVOKESTATIC,
                            FlushThreads.class.getName().replace('.', '/'),
                            "executor",
                            "()Ljava/util/concurrent/Executor;",
                            false);
                }
                super.visitFieldInsn(opcode, owner, name, descriptor);
            }
        };
    }

    /** Called by the transport instead of making its own. */
    public static Executor executor() {
        return task -> current.add(task);
    }

    boolean isEmpty() {
        return threads.isEmpty();
    }

    /** One thread has its turn. @return whether it has ended */
    boolean step() {
        return !threads.isEmpty() && step(threads.get(world.dice.below(threads.size())));
    }

    /** All have their turns for as long as one of them ends. @return whether one did */
    boolean run() {
        boolean ended = false;
        for (boolean moved = true; moved; ended |= moved) {
            moved = false;
            for (Runnable thread : List.copyOf(threads)) {
                moved |= step(thread);
            }
        }
        return ended;
    }

    private boolean step(Runnable thread) {
        try {
            thread.run();
        } catch (Blocked e) {
            return false;
        }
        threads.remove(thread);
        world.journal.note(() -> "a thread that flushed has ended");
        return true;
    }

    // ---- calls

    /** A thread flushes; if that would block this does not return. A flush that is to give up does so before its next turn. */
    void flushes(long handle) {
        if (world.kernel.flushWouldBlock(handle)) {
            throw new Blocked();
        }
    }
}
