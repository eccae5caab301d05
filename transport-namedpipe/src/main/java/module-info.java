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
/** Netty transport for Windows named pipes. */
@SuppressWarnings("module") // The testkit is compiled later.
module org.namedpipe.netty {
    requires transitive io.netty.common;
    requires transitive io.netty.buffer;
    requires transitive io.netty.transport;
    requires com.sun.jna;
    requires static io.netty.codec;
    requires static io.netty.transport.unix.common;
    requires static jdk.jfr;
    requires static org.jspecify;

    exports org.namedpipe.netty;
    exports org.namedpipe.netty.iocp;
    exports org.namedpipe.netty.win32;
    exports org.namedpipe.netty.internal.win32 to
            org.namedpipe.netty.testkit;
}
