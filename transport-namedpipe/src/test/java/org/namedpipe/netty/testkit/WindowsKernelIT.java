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
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_ACCESS_DUPLEX;

import com.sun.jna.Pointer;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.internal.win32.JnaTestCalls;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.SecurityDescriptor;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.win32.WindowsException;

/** The behaviour of {@link WindowsKernel} that the contract does not cover. */
class WindowsKernelIT {
    private final Kernel kernel = WindowsKernel.instance();
    private final PipeFixture pipes = new PipeFixture(kernel);

    @AfterEach
    void close() {
        pipes.close();
    }

    /** A flush replaces an open that waits for the network, which needs another computer. */
    @Test
    void cancelsTheCallInWhichAThreadBlocks() throws Exception {
        PipeFixture.Pair pair = pipes.bytes();
        pipes.write(pair.client(), "unread").succeeds();
        AtomicLong handle = new AtomicLong();
        FutureTask<Integer> flush = new FutureTask<>(() -> {
            handle.set(kernel.openCurrentThread());
            return kernel.flushFileBuffers(pair.client());
        });
        Thread flusher = new Thread(flush);
        flusher.start();
        while (handle.get() == 0 || kernel.cancelSynchronousIo(handle.get()) == Win32Error.ERROR_NOT_FOUND) {
            Thread.onSpinWait();
        }
        assertThat(flush.get(20, TimeUnit.SECONDS)).isEqualTo(Win32Error.ERROR_OPERATION_ABORTED);
        flusher.join();
        kernel.closeHandle(handle.get());
    }

    @Test
    void asksForWhatIsThereWithoutTakingAnything() {
        PipeFixture.Pair pair = pipes.bytes();
        assertThat(PipeQuery.available(kernel, pair.client())).isZero();
        pipes.write(pair.server(), "hello").succeeds();

        assertThat(PipeQuery.available(kernel, pair.client())).isEqualTo(5);
        assertThat(pipes.readText(pair.client(), 2)).isEqualTo("he");
        assertThat(PipeQuery.available(kernel, pair.client())).isEqualTo(3);

        pipes.closeHandle(pair.server());
        assertThat(pipes.readText(pair.client(), 16)).isEqualTo("llo");
        assertThat(PipeQuery.available(kernel, pair.client())).isEqualTo(-Win32Error.ERROR_BROKEN_PIPE);
    }

    @ParameterizedTest
    @CsvSource({
        "0x00000000, ERROR_SUCCESS",
        "0x00000103, ERROR_IO_PENDING",
        "0x80000005, ERROR_MORE_DATA", // STATUS_BUFFER_OVERFLOW
        "0xC0000022, ERROR_ACCESS_DENIED",
        "0xC00000AB, ERROR_PIPE_BUSY", // STATUS_INSTANCE_NOT_AVAILABLE
        "0xC00000AC, ERROR_PIPE_BUSY", // STATUS_PIPE_NOT_AVAILABLE
        "0xC00000AD, ERROR_BAD_PIPE", // STATUS_INVALID_PIPE_STATE
        "0xC00000AE, ERROR_PIPE_BUSY", // STATUS_PIPE_BUSY
        "0xC00000B0, ERROR_PIPE_NOT_CONNECTED", // STATUS_PIPE_DISCONNECTED
        "0xC00000B1, ERROR_NO_DATA", // STATUS_PIPE_CLOSING
        "0xC00000B2, ERROR_PIPE_CONNECTED",
        "0xC00000B3, ERROR_PIPE_LISTENING",
        "0xC00000B5, ERROR_SEM_TIMEOUT", // STATUS_IO_TIMEOUT
        "0xC00000D9, ERROR_NO_DATA", // STATUS_PIPE_EMPTY
        "0xC0000120, ERROR_OPERATION_ABORTED", // STATUS_CANCELLED
        "0xC000014B, ERROR_BROKEN_PIPE",
        "0xC0000225, ERROR_NOT_FOUND",
    })
    void mapsStatuses(String status, String symbol) {
        int code = kernel.ntStatusToWin32(Long.decode(status).intValue());

        assertThat(Win32Error.symbol(code)).isEqualTo(symbol);
    }

    @Test
    void knowsTheCurrentUser() throws WindowsException {
        assertThat(kernel.currentUserSid()).matches("S-1-\\d+(-\\d+)+").isEqualTo(kernel.currentUserSid());
    }

    @Test
    void aPipeHasTheDescriptorOfItsCreation() throws WindowsException {
        try (SecurityDescriptor descriptor = ownUserOnly()) {
            long server = pipes.own(
                    kernel.createNamedPipe(pipes.path, PIPE_ACCESS_DUPLEX, 0, 1, 512, 512, 0, descriptor.address()));

            // The system may write an alias for a well-known SID, so the expected text comes from it too.
            assertThat(JnaTestCalls.sddlOf(server))
                    .isEqualTo(JnaTestCalls.sddl(new Pointer(descriptor.address())))
                    .contains("D:P(A;;FA;;;")
                    .containsOnlyOnce("(");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "D:(A;;FA;;;", "D:(A;;FA;;;S-1-x)", "D:P(A;;FA;;;NOBODY)", "D:(Z;;FA;;;WD)"})
    void refusesAnInvalidDescriptor(String sddl) {
        assertThatThrownBy(() -> SecurityDescriptor.of(kernel, sddl))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sddl)
                .hasMessageContaining("failed: ERROR")
                .hasCauseInstanceOf(WindowsException.class);
    }

    @Test
    void noHandleIsInheritable() throws WindowsException {
        PipeFixture.Pair pair = pipes.bytes();
        assertThat(JnaTestCalls.isInheritable(pair.server())).isFalse();
        assertThat(JnaTestCalls.isInheritable(pair.client())).isFalse();
        assertThat(JnaTestCalls.isInheritable(pipes.port)).isFalse();
        assertThat(JnaTestCalls.isInheritable(pipes.own(kernel.createEvent()))).isFalse();
        try (SecurityDescriptor descriptor = ownUserOnly()) {
            long secured = pipes.own(kernel.createNamedPipe(
                    pipes.path + "-secured", PIPE_ACCESS_DUPLEX, 0, 1, 512, 512, 0, descriptor.address()));
            assertThat(JnaTestCalls.isInheritable(secured)).isFalse();
        }
    }

    private SecurityDescriptor ownUserOnly() throws WindowsException {
        String user = kernel.currentUserSid();
        return SecurityDescriptor.of(kernel, "O:" + user + "D:P(A;;FA;;;" + user + ')');
    }
}
