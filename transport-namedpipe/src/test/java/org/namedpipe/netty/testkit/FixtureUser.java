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

import org.namedpipe.netty.internal.win32.Kernel;

/** The fixture of the parts of the {@link KernelContract}. */
interface FixtureUser {
    /** Returns the handles, the memory and the port of the test. */
    PipeFixture pipes();

    /** Returns the kernel under test. */
    default Kernel k() {
        return pipes().kernel;
    }

    /** Called after a thread with operations has ended, which a model does not notice. */
    void threadEnded(Thread thread);

    /** Returns true if Wine implements the kernel under test. */
    boolean isWine();

    /** Returns the outcome of the kernel under test. That of the model is the one of Windows. */
    default <T> T windowsOrWine(T windows, T wine) {
        return isWine() ? wine : windows;
    }
}
