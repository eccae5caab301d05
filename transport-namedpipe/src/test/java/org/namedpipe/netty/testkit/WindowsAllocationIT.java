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

import com.sun.jna.Memory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.Overlapped;
import org.namedpipe.netty.internal.win32.OverlappedEntry;
import org.namedpipe.netty.internal.win32.PipeLocalInformation;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.Allocations;

/** The calls of the read and write paths must not allocate. */
class WindowsAllocationIT {
    private final Kernel kernel = WindowsKernel.instance();
    private final PipeFixture pipes = new PipeFixture(kernel);
    private final Memory entries = new Memory(16L * OverlappedEntry.SIZE);
    private final Memory overlapped = new Memory(Overlapped.SIZE);
    private final Memory buffer = new Memory(64);

    @BeforeEach
    void clear() {
        overlapped.clear();
    }

    @AfterEach
    void close() {
        pipes.close();
    }

    private static void require(int expected, int actual) {
        if (actual != expected) {
            throw new AssertionError(actual + " instead of " + expected);
        }
    }

    @Test
    void pollingAnEmptyPort() throws Throwable {
        long address = Io.address(entries);
        Allocations.assertNone(() -> require(0, kernel.getQueuedCompletionStatusEx(pipes.port, address, 16, 0)));
    }

    @Test
    void postingAndTakingAPacket() throws Throwable {
        long address = Io.address(entries);
        Allocations.assertNone(() -> {
            require(0, kernel.postQueuedCompletionStatus(pipes.port, 1, 2, 3));
            require(1, kernel.getQueuedCompletionStatusEx(pipes.port, address, 16, 0));
        });
    }

    @Test
    void settingATimer() throws Throwable {
        long timer = pipes.own(kernel.createTimer());
        Allocations.assertNone(() -> require(0, kernel.setTimer(timer, 1_000_000)));
    }

    @Test
    void writingAndReadingAtOnce() throws Throwable {
        PipeFixture.Pair pair = pipes.bytes();
        long io = Io.address(overlapped);
        long data = Io.address(buffer);
        PipeLocalInformation information = new PipeLocalInformation();
        Allocations.assertNone(() -> {
            require(0, kernel.writeFile(pair.server(), data, 64, io));
            require(0, information.query(kernel, pair.client()));
            require(0, kernel.readFile(pair.client(), data, 64, io));
        });
    }

    @Test
    void aReadThatPendsAndIsCancelled() throws Throwable {
        PipeFixture.Pair pair = pipes.bytes();
        long io = Io.address(overlapped);
        long data = Io.address(buffer);
        long address = Io.address(entries);
        Allocations.assertNone(() -> {
            require(Win32Error.ERROR_IO_PENDING, kernel.readFile(pair.client(), data, 64, io));
            require(0, kernel.cancelIoEx(pair.client(), io));
            require(1, kernel.getQueuedCompletionStatusEx(pipes.port, address, 16, -1));
            require(
                    Win32Error.ERROR_OPERATION_ABORTED,
                    kernel.ntStatusToWin32(entries.getInt(OverlappedEntry.INTERNAL)));
        });
    }
}
