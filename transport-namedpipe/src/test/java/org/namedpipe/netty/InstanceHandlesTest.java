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
package org.namedpipe.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testkit.SimulatedKernel;

/** The state of an instance while its handles are being closed. */
class InstanceHandlesTest {
    private static final String PATH = "\\\\.\\pipe\\handles";

    private final SimulatedKernel kernel = new SimulatedKernel();
    private final AtomicInteger ended = new AtomicInteger();
    private final InstanceHandles handles = new InstanceHandles(ended::incrementAndGet);
    private final long handle = kernel.createNamedPipe(
            PATH,
            Win32Constants.PIPE_ACCESS_DUPLEX | Win32Constants.FILE_FLAG_OVERLAPPED,
            Win32Constants.PIPE_TYPE_BYTE,
            1,
            0,
            0,
            0,
            0);

    @AfterEach
    void nothingIsLeft() {
        kernel.assertAllGone();
    }

    @Test
    void anInstanceEndsWhenItsHandleIsClosed() {
        assertThat(handles.isOpen()).isTrue();
        kernel.faults().before("CloseHandle", () -> {
            assertThat(handles.isOpen()).as("while the handle closes").isFalse();
            assertThat(ended).as("before the handle is closed").hasValue(0);
        });
        handles.close(kernel, handle);
        assertThat(ended).hasValue(1);
    }

    @Test
    void aDuplicateKeepsTheInstance() {
        long duplicate = handles.duplicate(kernel, handle);
        handles.close(kernel, handle);
        assertThat(handles.isOpen()).isTrue();
        assertThat(ended).hasValue(0);
        handles.close(kernel, duplicate);
        assertThat(handles.isOpen()).isFalse();
        assertThat(ended).hasValue(1);
    }

    @Test
    void aDuplicateThatFailsIsNotCounted() {
        kernel.faults().on("DuplicateHandle").fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        assertThat(handles.duplicate(kernel, handle)).isEqualTo(-Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        handles.close(kernel, handle);
        assertThat(ended).hasValue(1);
    }

    /** Two threads close the last two handles at the same time. The last close reports the end. */
    @Test
    void theEndIsReportedAfterTheLastClose() {
        long duplicate = handles.duplicate(kernel, handle);
        kernel.faults().before("CloseHandle", () -> {
            handles.close(kernel, duplicate);
            assertThat(ended).as("before the last handle is closed").hasValue(0);
        });
        handles.close(kernel, handle);
        assertThat(ended).hasValue(1);
    }
}
