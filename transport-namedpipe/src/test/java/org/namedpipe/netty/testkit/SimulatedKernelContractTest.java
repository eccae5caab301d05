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

import org.namedpipe.netty.internal.win32.Kernel;

/** Runs the contract on the model. */
class SimulatedKernelContractTest extends KernelContract {
    private final SimulatedKernel kernel = new SimulatedKernel();

    @Override
    protected Kernel kernel() {
        return kernel;
    }

    @Override
    public void threadEnded(Thread thread) {
        kernel.threadExited(thread);
    }

    @Override
    protected void nothingIsOpen() {
        assertThat(kernel.violations()).isEmpty();
        assertThat(kernel.describeOpenHandles()).isEmpty();
        assertThat(kernel.pendingOperations()).isZero();
        assertThat(kernel.lentMemory()).isZero();
        assertThat(kernel.openWaits()).isZero();
        assertThat(kernel.openSecurityDescriptors()).isZero();
    }
}
