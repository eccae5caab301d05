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

import static org.assertj.core.api.Assertions.assertThat;
import static org.namedpipe.netty.internal.win32.Win32Constants.FILE_FLAG_FIRST_PIPE_INSTANCE;
import static org.namedpipe.netty.internal.win32.Win32Constants.FILE_FLAG_OVERLAPPED;
import static org.namedpipe.netty.internal.win32.Win32Constants.FILE_WRITE_ATTRIBUTES;
import static org.namedpipe.netty.internal.win32.Win32Constants.GENERIC_READ;
import static org.namedpipe.netty.internal.win32.Win32Constants.GENERIC_WRITE;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_ACCESS_DUPLEX;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_ACCESS_INBOUND;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_READMODE_MESSAGE;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_REJECT_REMOTE_CLIENTS;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_TYPE_MESSAGE;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_UNLIMITED_INSTANCES;
import static org.namedpipe.netty.internal.win32.Win32Constants.SECURITY_IDENTIFICATION;
import static org.namedpipe.netty.internal.win32.Win32Constants.SECURITY_SQOS_PRESENT;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_ACCESS_DENIED;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_BAD_NETPATH;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_FILENAME_EXCED_RANGE;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_FILE_NOT_FOUND;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_INVALID_ACL;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_INVALID_NAME;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_INVALID_PARAMETER;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_PATH_NOT_FOUND;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_PIPE_BUSY;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_SUCCESS;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.internal.win32.Win32Error;

/** Names, limits, rights and descriptors, in which Wine is more lenient than Windows. */
class SimulatedNamesTest {
    private static final String PATH = "\\\\.\\pipe\\orders";

    private final SimulatedKernel kernel = new SimulatedKernel();
    private final List<Long> handles = new ArrayList<>();

    @AfterEach
    void closeEverything() {
        for (long handle : handles) {
            if (handle > 0) {
                kernel.closeHandle(handle);
            }
        }
        kernel.assertAllGone();
    }

    // ---- names and limits

    @Test
    void theFirstInstanceFlagFailsForAnExistingName() {
        assertThat(create(PIPE_ACCESS_DUPLEX, 0, 10)).isPositive();
        assertThat(create(PIPE_ACCESS_DUPLEX | FILE_FLAG_FIRST_PIPE_INSTANCE, 0, 10))
                .isEqualTo(-ERROR_ACCESS_DENIED);
    }

    @Test
    void aFullNameIsBusyRatherThanDenied() {
        assertThat(create(PIPE_ACCESS_DUPLEX, 0, 1)).isPositive();
        assertThat(create(PIPE_ACCESS_DUPLEX | FILE_FLAG_FIRST_PIPE_INSTANCE, 0, 1))
                .isEqualTo(-ERROR_PIPE_BUSY);
    }

    @Test
    void aFullPipeIsBusyWhateverTheDirectionOfAFurtherInstance() {
        assertThat(create(PIPE_ACCESS_DUPLEX, 0, 1)).isPositive();
        assertThat(create(PIPE_ACCESS_INBOUND, 0, 1)).isEqualTo(-ERROR_PIPE_BUSY);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 256})
    void theNumberOfInstancesIsBounded(int maxInstances) {
        assertThat(create(PIPE_ACCESS_DUPLEX, 0, maxInstances)).isEqualTo(-ERROR_INVALID_PARAMETER);
    }

    @Test
    void unknownModeBitsAreInvalid() {
        assertThat(create(PIPE_ACCESS_DUPLEX | 0x1000, 0, 1)).isEqualTo(-ERROR_INVALID_PARAMETER);
        assertThat(create(PIPE_ACCESS_DUPLEX, 0x100, 1)).isEqualTo(-ERROR_INVALID_PARAMETER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders",
                "C:\\orders",
                "\\\\.\\pipe",
                "\\\\.\\pipe\\",
                "\\\\server\\pipe\\x",
                "\\\\.\\mailslot\\x"
            })
    void aServersNameIsLocalAndNotEmpty(String path) {
        assertThat(create(path)).isEqualTo(-ERROR_INVALID_NAME);
    }

    @Test
    void anEmptyOrLongNameHasACodeOfItsOwn() {
        assertThat(create("")).isEqualTo(-ERROR_PATH_NOT_FOUND);
        assertThat(create("\\\\.\\pipe\\" + "x".repeat(248))).isEqualTo(-ERROR_FILENAME_EXCED_RANGE);
    }

    @Test
    void aNameThatDoesNotExistIsNotHeld() {
        assertThat(kernel.holdNamedPipe(PATH, PIPE_ACCESS_DUPLEX, 0)).isEqualTo(-ERROR_FILE_NOT_FOUND);
    }

    @Test
    void onlyAnAddedHostIsReached() {
        create(PIPE_ACCESS_DUPLEX, 0, 10);
        String remote = "\\\\files\\pipe\\orders";
        assertThat(kernel.createFile(remote, GENERIC_READ, FILE_FLAG_OVERLAPPED))
                .isEqualTo(-ERROR_BAD_NETPATH);
        kernel.addHost("FILES");
        handles.add(kernel.createFile(remote, GENERIC_READ, FILE_FLAG_OVERLAPPED));
        assertThat(handles.get(1)).isPositive();
    }

    @Test
    void clientsJoinTheOldestInstanceThatListens() {
        SimulatedPeer first = listen(0);
        SimulatedPeer second = listen(0);
        open(GENERIC_READ);
        assertThat(first.available()).isZero();
        assertThat(second.available()).isEqualTo(-Win32Error.ERROR_BAD_PIPE);
    }

    @Test
    void aReaderNeedsWriteAttributesToReadMessages() {
        listen(PIPE_TYPE_MESSAGE);
        listen(PIPE_TYPE_MESSAGE);
        assertThat(kernel.setNamedPipeHandleState(open(GENERIC_READ), PIPE_READMODE_MESSAGE))
                .isEqualTo(ERROR_ACCESS_DENIED);
        assertThat(kernel.setNamedPipeHandleState(open(GENERIC_READ | FILE_WRITE_ATTRIBUTES), PIPE_READMODE_MESSAGE))
                .isEqualTo(ERROR_SUCCESS);
    }

    // ---- security

    @Test
    void theParametersOfAnInstanceAreRecorded() {
        long descriptor = kernel.createSecurityDescriptor("D:P(A;;GA;;;SY)");
        int open = PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED | FILE_FLAG_FIRST_PIPE_INSTANCE;
        handles.add(kernel.createNamedPipe(PATH, open, PIPE_REJECT_REMOTE_CLIENTS, 7, 1, 2, 3, descriptor));
        kernel.freeSecurityDescriptor(descriptor);
        assertThat(kernel.instances(PATH.toUpperCase(Locale.ROOT)))
                .containsExactly(new CreatedInstance(
                        handles.get(0), PATH, open, PIPE_REJECT_REMOTE_CLIENTS, 7, 1, 2, 3, "D:P(A;;GA;;;SY)"));
        assertThat(kernel.instances(PATH).get(0).hasOpenMode(FILE_FLAG_FIRST_PIPE_INSTANCE))
                .isTrue();
    }

    @Test
    void theParametersOfAClientAreRecorded() {
        int flags = FILE_FLAG_OVERLAPPED | SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION;
        kernel.createFile(PATH, GENERIC_READ, flags);
        listen(0);
        handles.add(kernel.createFile(PATH, GENERIC_WRITE, flags));
        assertThat(kernel.opens(PATH))
                .containsExactly(
                        new ClientOpen(-ERROR_FILE_NOT_FOUND, PATH, GENERIC_READ, flags),
                        new ClientOpen(handles.get(1), PATH, GENERIC_WRITE, flags));
    }

    @ParameterizedTest
    @ValueSource(strings = {"D:(A;;GA;;;SY", "D:P(A;;GA;;;SY)x", "D:?"})
    void anInvalidAccessListIsRefused(String sddl) {
        assertThat(kernel.createSecurityDescriptor(sddl)).isEqualTo(-ERROR_INVALID_ACL);
    }

    @Test
    void aDescriptorMayHaveAllParts() {
        long descriptor = kernel.createSecurityDescriptor("O:SYG:BAD:P(A;;FA;;;SY)(D;;GA;;;NU)S:(ML;;NW;;;LW)");
        assertThat(descriptor).isPositive();
        kernel.freeSecurityDescriptor(descriptor);
    }

    // ---- helpers

    private SimulatedPeer listen(int pipeMode) {
        return listen(pipeMode, 4096);
    }

    private SimulatedPeer listen(int pipeMode, int quota) {
        SimulatedPeer peer = SimulatedPeer.listen(kernel, PATH, pipeMode, quota);
        handles.add(peer.handle());
        return peer;
    }

    private long create(int openMode, int pipeMode, int maxInstances) {
        handles.add(kernel.createNamedPipe(PATH, openMode | FILE_FLAG_OVERLAPPED, pipeMode, maxInstances, 0, 0, 0, 0));
        return handles.get(handles.size() - 1);
    }

    private long create(String path) {
        return kernel.createNamedPipe(
                path, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, PIPE_UNLIMITED_INSTANCES, 0, 0, 0, 0);
    }

    private long open(int access) {
        handles.add(kernel.createFile(PATH, access, FILE_FLAG_OVERLAPPED));
        return handles.get(handles.size() - 1);
    }
}
