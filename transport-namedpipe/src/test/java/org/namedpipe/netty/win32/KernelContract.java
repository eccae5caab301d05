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
package org.namedpipe.netty.win32;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What every {@link Kernel} does, whether Windows, Wine or a model answers. Only behaviour in which Windows and Wine agree
 * is asserted here.
 */
public abstract class KernelContract
        implements PortContract,
                CreationContract,
                ConnectContract,
                StateContract,
                TransferContract,
                MessageContract,
                CancelContract,
                EventContract,
                BookkeepingContract,
                IdentityContract {
    private @SuppressWarnings("NullAway.Init") PipeFixture fixture;

    protected KernelContract() {}

    /** The kernel of one test. */
    protected abstract Kernel kernel();

    /** Called when a thread that issued operations has ended; a model cannot notice by itself. */
    protected void threadEnded(Thread thread) {}

    /** Called at the end of each test, when every handle is closed and every packet dequeued. */
    protected void nothingIsOpen() {}

    @BeforeEach
    void openFixture() {
        fixture = new PipeFixture(kernel(), this::threadEnded);
    }

    @AfterEach
    void closeFixture() {
        fixture.close();
        nothingIsOpen();
    }

    @Override
    public final PipeFixture pipes() {
        return fixture;
    }
}
