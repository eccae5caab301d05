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

import java.util.ArrayList;
import java.util.List;
import org.namedpipe.netty.explorer.IsolatedLoader;
import org.namedpipe.netty.explorer.mutation.Mutant.Edit;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;

/** Loads the transport with edits, or, without any, as it is. */
final class MutantLoader extends IsolatedLoader {
    private final List<Edit> edits;
    private final List<Edit> made = new ArrayList<>();

    MutantLoader(List<Edit> edits) {
        this.edits = edits;
    }

    /** The edits that have found what they change. */
    List<Edit> made() {
        return made;
    }

    @Override
    protected byte[] transform(String name, byte[] classFile) {
        byte[] result = classFile;
        for (Edit edit : edits) {
            if (edit.className().equals(name)) {
                result = apply(edit, result);
            }
        }
        return result;
    }

    private byte[] apply(Edit edit, byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        reader.accept(
                new ClassVisitor(Change.API, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
                        return name.equals(edit.method()) ? edit.change().apply(next, () -> made.add(edit)) : next;
                    }
                },
                0);
        return writer.toByteArray();
    }
}
