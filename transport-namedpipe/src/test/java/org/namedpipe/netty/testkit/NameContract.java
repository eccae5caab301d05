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
import static org.namedpipe.netty.internal.win32.Win32Constants.GENERIC_READ;
import static org.namedpipe.netty.internal.win32.Win32Constants.GENERIC_WRITE;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_ACCESS_DUPLEX;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_ACCESS_INBOUND;
import static org.namedpipe.netty.internal.win32.Win32Constants.PIPE_ACCESS_OUTBOUND;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_ACCESS_DENIED;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_FILE_NOT_FOUND;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_INVALID_NAME;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_PIPE_BUSY;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_PIPE_LISTENING;
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_PIPE_NOT_CONNECTED;
import static org.namedpipe.netty.testkit.Source.Kind.LEARN;
import static org.namedpipe.netty.testkit.Source.Kind.REACTOS;
import static org.namedpipe.netty.testkit.Source.Kind.WINE_KERNEL32_TESTS;
import static org.namedpipe.netty.testkit.Source.Kind.WINE_NTDLL_TESTS;

import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The names of pipes: their syntax, their lifetime, and instances that only hold a name. */
interface NameContract extends FixtureUser {
    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_CreateNamedPipe")
    default void aNameOutsideThePipeFileSystemIsInvalid() {
        assertThat(k().createNamedPipe("orders", PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 1, 0, 0, 0, 0))
                .isEqualTo(-ERROR_INVALID_NAME);
        assertThat(k().createNamedPipe("C:\\orders", PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 1, 0, 0, 0, 0))
                .isEqualTo(-ERROR_INVALID_NAME);
    }

    @Test
    @Source(
            value = WINE_NTDLL_TESTS,
            at = "pipe.c test_pipe_names",
            model = "a name below that of another pipe is ERROR_INVALID_NAME, as on ReactOS")
    default void aNameMayHaveParts() {
        String path = pipes().path + "\\sql\\query";
        pipes().own(k().createNamedPipe(path, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 1, 0, 0, 0, 0));
        assertThat(pipes().tryClient(GENERIC_READ)).isEqualTo(-ERROR_FILE_NOT_FOUND);
        assertThat(k().createFile(pipes().path + "\\sql", GENERIC_READ, FILE_FLAG_OVERLAPPED))
                .isEqualTo(-ERROR_FILE_NOT_FOUND);
        pipes().own(k().createFile(path, GENERIC_READ | GENERIC_WRITE, FILE_FLAG_OVERLAPPED));
    }

    @Test
    @Source(value = LEARN, at = "CreateNamedPipeW")
    default void namesIgnoreCase() {
        pipes().server(0);
        String shouting = "\\\\.\\PIPE\\" + pipes().path.substring(9).toUpperCase(Locale.ROOT);
        pipes().own(k().createFile(shouting, GENERIC_READ, FILE_FLAG_OVERLAPPED));
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_CreateNamedPipe")
    default void aNameMayContainCharactersThatFileNamesMayNot() {
        String path = pipes().path + "<>*?|\"/b";
        int open = PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED;
        pipes().own(k().createNamedPipe(path, open, 0, 1, 0, 0, 0, 0));
        pipes().own(k().createFile(path, GENERIC_READ, FILE_FLAG_OVERLAPPED));
    }

    @Test
    @Source(value = WINE_KERNEL32_TESTS, at = "pipe.c test_CreateNamedPipe")
    default void aNameWithoutServerIsNotFound() {
        assertThat(pipes().tryClient(GENERIC_READ)).isEqualTo(-ERROR_FILE_NOT_FOUND);
    }

    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_pipe_local_info")
    default void aNameEndsWithItsLastServerEnd() {
        long first = pipes().server(0);
        long second = pipes().server(0);
        pipes().closeHandle(first);
        pipes().closeHandle(pipes().client());
        pipes().closeHandle(second);
        assertThat(pipes().tryClient(GENERIC_READ)).isEqualTo(-ERROR_FILE_NOT_FOUND);
    }

    /** On Windows XP a name ended with its last client end. */
    @Test
    @Source(value = WINE_NTDLL_TESTS, at = "pipe.c test_pipe_local_info")
    default void aNameEndsWithItsLastServerEndWhileAClientIsOpen() {
        long server = pipes().own(pipes().tryServer(PIPE_ACCESS_DUPLEX, 0, 1, PipeFixture.QUOTA));
        pipes().client();
        pipes().closeHandle(server);
        assertThat(pipes().tryClient(GENERIC_READ)).isEqualTo(-ERROR_FILE_NOT_FOUND);
        int first = PIPE_ACCESS_INBOUND | FILE_FLAG_FIRST_PIPE_INSTANCE;
        pipes().own(pipes().tryServer(first, PipeFixture.MESSAGE, 1, PipeFixture.QUOTA));
        assertThat(pipes().tryServer(PIPE_ACCESS_INBOUND, PipeFixture.MESSAGE, 1, PipeFixture.QUOTA))
                .isEqualTo(-ERROR_PIPE_BUSY);
    }

    /** As go-winio holds its names. The result of DisconnectNamedPipe distinguishes Windows and Wine. */
    @Test
    @Source(
            value = WINE_NTDLL_TESTS,
            at = "pipe.c test_create_invalid",
            windows = "no client can join the instance, as go-winio relies on",
            wine = "the instance listens")
    default void anInstanceWithoutDataAccessHoldsTheName() {
        for (int direction : new int[] {PIPE_ACCESS_DUPLEX, PIPE_ACCESS_INBOUND, PIPE_ACCESS_OUTBOUND}) {
            for (int mode : new int[] {0, PipeFixture.MESSAGE}) {
                long server = pipes().own(pipes().tryServer(direction, mode, 2, PipeFixture.QUOTA));
                long holder = pipes().own(k().holdNamedPipe(pipes().path, direction, mode));
                int code = k().disconnectNamedPipe(holder);
                assertThat(code).isIn(ERROR_PIPE_NOT_CONNECTED, ERROR_PIPE_LISTENING);
                pipes().closeHandle(server);
                long client = pipes().tryClient(direction == PIPE_ACCESS_INBOUND ? GENERIC_WRITE : GENERIC_READ);
                assertThat(Math.min(client, 0)).isEqualTo(code == ERROR_PIPE_LISTENING ? 0 : -ERROR_PIPE_BUSY);
                pipes().closeHandle(holder);
            }
        }
    }

    @Test
    @Source(value = REACTOS, at = "create.c NpCreateExistingNamedPipe")
    default void aHeldNameHasTheDirectionOfThePipe() {
        pipes().server(0);
        assertThat(k().holdNamedPipe(pipes().path, PIPE_ACCESS_INBOUND, 0)).isEqualTo(-ERROR_ACCESS_DENIED);
    }

    @Test
    @Source(value = REACTOS, at = "create.c NpCreateExistingNamedPipe")
    default void aHeldNameCountsAsAnInstance() {
        pipes().own(pipes().tryServer(PIPE_ACCESS_DUPLEX, 0, 1, 0));
        assertThat(k().holdNamedPipe(pipes().path, PIPE_ACCESS_DUPLEX, 0)).isEqualTo(-ERROR_PIPE_BUSY);
    }
}
