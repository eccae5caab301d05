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
package org.namedpipe.netty.iocp;

/** Takes in the ends of operations. Each {@link IocpIoOps} has one from the beginning. */
@FunctionalInterface
public interface IocpCompletionHandler {
    /**
     * Takes in the end of an operation that was under way. It is called on the thread of the event loop, also after the
     * operation was cancelled and after the handle was closed.
     *
     * @param ops holds the outcome, and may be submitted again
     */
    void completed(IocpIoOps ops);
}
