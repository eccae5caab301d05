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
 * Describes an operation of the {@link SimulatedKernel} that has completed in the file system.
 *
 * @param kind the call that began the operation
 * @param path the path of the pipe, as passed to {@code CreateNamedPipe}
 * @param serverEnd true if the handle is the server end
 * @param handle the handle of the call; it may be closed, and its number reused
 * @param overlapped the address of the {@code OVERLAPPED}
 * @param status the {@code NTSTATUS}
 * @param bytes the number of transferred bytes
 */
public record Completion(
        OperationKind kind, String path, boolean serverEnd, long handle, long overlapped, int status, int bytes) {}
