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
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Replaces the threads on which the transport calls {@code FlushFileBuffers}. They run on the explorer's thread, in turns. A
 * turn ends where the call would block, and the next turn runs the task from the beginning.
 */
public final class FlushThreads {
    /** Ends a turn in a call that would block. */
    @SuppressWarnings("serial")
    private static final class Blocked extends Error {
        private static final long serialVersionUID = 1;

        Blocked() {
            super("blocked", null, false, false);
        }
    }

    private static final String PIPE_FLUSH = "org.namedpipe.netty.PipeFlush";
    /** The tasks of the current run. Each IsolatedLoader has a class, and thus a list, of its own. */
    private static List<Runnable> current = new ArrayList<>();

    private final Simulation simulation;
    private final List<Runnable> tasks = new ArrayList<>();

    private FlushThreads(Simulation simulation) {
        this.simulation = simulation;
    }

    /** Creates the threads of a new run. The transport uses them from now on. */
    static FlushThreads of(Simulation simulation) {
        FlushThreads flushThreads = new FlushThreads(simulation);
        current = flushThreads.tasks;
        return flushThreads;
    }

    /** Makes {@code PipeFlush} use {@link #executor()} instead of its own threads. */
    static byte[] redirect(String className, byte[] classFile) {
        return className.equals(PIPE_FLUSH)
                ? IsolatedLoader.rewriteMethods(classFile, "<clinit>", FlushThreads::withExecutor)
                : classFile;
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

    /** Called by the rewritten {@code PipeFlush}. */
    public static Executor executor() {
        return task -> current.add(task);
    }

    boolean isEmpty() {
        return tasks.isEmpty();
    }

    /** Gives a random thread a turn. */
    void step() {
        if (!tasks.isEmpty()) {
            step(tasks.get(simulation.random.below(tasks.size())));
        }
    }

    /** Gives all threads turns until none ends any more. Returns whether one has ended. */
    boolean run() {
        boolean ended = false;
        for (boolean progress = true; progress; ended |= progress) {
            progress = false;
            for (Runnable task : List.copyOf(tasks)) {
                progress |= step(task);
            }
        }
        return ended;
    }

    private boolean step(Runnable task) {
        try {
            task.run();
        } catch (Blocked e) {
            return false;
        }
        tasks.remove(task);
        simulation.trace.record(() -> "a flush thread has ended");
        return true;
    }

    /** Ends the turn if a flush of this handle would block. The task itself stops if it was cancelled before its turn. */
    void beforeFlush(long handle) {
        if (simulation.kernel.flushWouldBlock(handle)) {
            throw new Blocked();
        }
    }
}
