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
package org.namedpipe.netty.testkit;

/**
 * An operation of the {@link SimulatedKernel} that has ended in the file system, as a test sees it when it decides whether
 * and when its caller shall learn of it.
 *
 * @param kind the call
 * @param path the pipe, as its creator spelt it
 * @param serverEnd whether it was issued on the server's end
 * @param handle the handle it was issued on, which may be closed or somebody else's by now
 * @param overlapped the address that identifies it to its caller
 * @param status its {@code NTSTATUS}
 * @param bytes how many bytes it moved
 */
public record Completion(
        OperationKind kind, String path, boolean serverEnd, long handle, long overlapped, int status, int bytes) {}
