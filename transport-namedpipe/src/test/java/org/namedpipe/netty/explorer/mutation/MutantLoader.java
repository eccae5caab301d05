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

/** Loads the transport with edits, or, if there are none, as it is. */
final class MutantLoader extends IsolatedLoader {
    private final List<Edit> edits;
    private final List<Edit> applied = new ArrayList<>();

    MutantLoader(List<Edit> edits) {
        this.edits = edits;
    }

    /** Returns the edits that have found their instruction. */
    List<Edit> applied() {
        return applied;
    }

    @Override
    protected byte[] transform(String name, byte[] classFile) {
        byte[] result = classFile;
        for (Edit edit : edits) {
            if (edit.className().equals(name)) {
                result = rewriteMethods(
                        result, edit.method(), next -> edit.rewrite().apply(next, () -> applied.add(edit)));
            }
        }
        return result;
    }
}
