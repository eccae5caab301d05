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
import static org.namedpipe.netty.internal.win32.Win32Error.ERROR_ACCESS_DENIED;
import static org.namedpipe.netty.testkit.Source.Kind.LEARN;
import static org.namedpipe.netty.testkit.Source.Kind.REACTOS;

import org.junit.jupiter.api.Test;
import org.namedpipe.netty.win32.WindowsException;

/** The rights that creating and opening a pipe need. Wine 8 stores descriptors and does not check them. */
interface AccessContract extends FixtureUser {

    private long createWithRights(String rights) throws WindowsException {
        long descriptor = k().createSecurityDescriptor("D:P(A;;" + rights + ";;;" + k().currentUserSid() + ")");
        assertThat(descriptor).isPositive();
        int open = PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED;
        long handle = k().createNamedPipe(pipes().path, open, 0, 2, 0, 0, 0, descriptor);
        k().freeSecurityDescriptor(descriptor);
        return handle;
    }

    private void assertDeniedUnlessOnWine(long handle) {
        if (isWine()) {
            pipes().own(handle);
        } else {
            assertThat(handle).isEqualTo(-ERROR_ACCESS_DENIED);
        }
    }

    /** 0x12019b has the rights that a client needs to read and write, without FILE_CREATE_PIPE_INSTANCE. */
    @Test
    @Source(value = LEARN, at = "Named Pipe Security and Access Rights", wine = "no right is needed")
    default void aFurtherInstanceNeedsTheRightToCreateOne() throws WindowsException {
        pipes().own(createWithRights("0x12019b"));
        assertDeniedUnlessOnWine(createWithRights("0x12019b"));
    }

    @Test
    @Source(value = REACTOS, at = "create.c NpCreateClientEnd")
    default void aClientNeedsNoRightToCreateAnInstance() throws WindowsException {
        pipes().own(createWithRights("0x12019b"));
        pipes().own(pipes().tryClient(GENERIC_READ | GENERIC_WRITE));
    }

    @Test
    @Source(value = LEARN, at = "Named Pipe Security and Access Rights", wine = "no right is needed")
    default void aClientThatMayOnlyReadCannotOpenForWriting() throws WindowsException {
        pipes().own(createWithRights("0x120189"));
        assertDeniedUnlessOnWine(pipes().tryClient(GENERIC_READ | GENERIC_WRITE));
    }

    @Test
    @Source(value = LEARN, at = "CreateNamedPipeW", wine = "the flag has no effect")
    default void onlyTheFirstInstanceMayHaveTheFirstInstanceFlag() {
        int open = PIPE_ACCESS_DUPLEX | FILE_FLAG_FIRST_PIPE_INSTANCE;
        pipes().own(pipes().tryServer(open, 0, 2, 0));
        assertDeniedUnlessOnWine(pipes().tryServer(open, 0, 2, 0));
    }
}
