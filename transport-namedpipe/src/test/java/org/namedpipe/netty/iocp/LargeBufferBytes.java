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

/** Counts the memory of large buffers, for tests of other packages. */
public final class LargeBufferBytes {
    private LargeBufferBytes() {}

    /** Returns how many bytes the large buffers of a handler have that are in use or kept. */
    public static long of(IocpIoHandler handler) {
        return handler.largeBuffers().bytes();
    }

    /** Returns how many reads of a handler have a large buffer. */
    public static int reads(IocpIoHandler handler) {
        return handler.largeBuffers().reads().count();
    }

    /** Returns how many reads of the running handlers of a factory have a large buffer. */
    public static int reads(IocpIoHandlerFactory factory) {
        return factory.handlers().stream().mapToInt(LargeBufferBytes::reads).sum();
    }
}
