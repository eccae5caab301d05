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
package org.namedpipe.netty.examples;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The option with which a {@link Demo} starts programs. */
public final class Parent {

    @Option(names = "--parent", hidden = true, description = "End when the process with this id does.")
    private @Nullable Long id;

    /** So that a demo that is killed leaves nobody behind. */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody is left to tell
    public void endWithParent() {
        if (id == null) {
            return;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(id);
        if (process.isEmpty()) {
            throw new IllegalStateException("process " + id + " is gone");
        }
        process.get().onExit().thenRun(() -> System.exit(CommandLine.ExitCode.SOFTWARE));
    }
}
