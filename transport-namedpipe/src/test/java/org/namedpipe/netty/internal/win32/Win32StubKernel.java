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

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Function;

/** Creates a kernel that implements a few calls. The other calls fail the test. */
final class Win32StubKernel {
    private Win32StubKernel() {}

    /** @param answers by the name of the call; applied to its first argument, or to an empty text if there is none */
    static Kernel answering(Map<String, Function<Object, Object>> answers) {
        return (Kernel) Proxy.newProxyInstance(
                Kernel.class.getClassLoader(), new Class<?>[] {Kernel.class}, (self, call, args) -> {
                    Function<Object, Object> answer = answers.get(call.getName());
                    if (answer == null) {
                        throw new AssertionError("unexpected call of " + call);
                    }
                    return answer.apply(args == null ? "" : args[0]);
                });
    }
}
