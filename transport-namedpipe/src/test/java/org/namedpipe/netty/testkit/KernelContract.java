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

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.namedpipe.netty.internal.win32.Kernel;

/**
 * The behaviour of every {@link Kernel}, whether Windows, Wine or the model implements it. Where Wine differs from Windows, a
 * test names both outcomes, and the model has that of Windows. {@code docs/model-rules.md} lists the rules and their sources.
 */
public abstract class KernelContract
        implements PortContract,
                CreationContract,
                NameContract,
                AccessContract,
                ConnectContract,
                StateContract,
                QueryContract,
                FlushContract,
                TransferContract,
                MessageContract,
                CancelContract,
                EventContract,
                WaitPacketContract,
                TimerContract,
                BookkeepingContract,
                IdentityContract {
    private @SuppressWarnings("NullAway.Init") PipeFixture fixture;

    protected KernelContract() {}

    /** Returns the kernel of the test. */
    protected abstract Kernel kernel();

    @Override
    public void threadEnded(Thread thread) {}

    /** Checks the kernel at the end of a test, when every handle is closed and every packet is dequeued. */
    protected void nothingIsOpen() {}

    /** Used by the rules whose outcome differs on Wine, as their {@link Source} says. */
    @Override
    public boolean isWine() {
        return false;
    }

    @BeforeEach
    void openFixture() {
        fixture = new PipeFixture(kernel());
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
