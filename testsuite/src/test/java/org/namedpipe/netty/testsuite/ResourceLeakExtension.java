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
package org.namedpipe.netty.testsuite;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.namedpipe.netty.NamedPipe;
import org.namedpipe.netty.testing.LeakGuard;

/**
 * Fails a test class if named pipes are not available, or if the class leaves a channel, an operation or an unreleased
 * buffer. Service loading applies it to all classes of this package and its subpackages.
 */
public final class ResourceLeakExtension implements BeforeAllCallback, AfterAllCallback {
    private final LeakGuard leaks = new LeakGuard();

    @Override
    public void beforeAll(ExtensionContext context) {
        if (applies(context)) {
            // Loads the native library before the first test, so that no test's time-out includes this.
            NamedPipe.ensureAvailability();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (applies(context)) {
            NamedPipeTestPermutation.shutDown();
            // The guard also runs by itself, but before all channels are closed.
            leaks.afterAll(context);
        }
    }

    private static boolean applies(ExtensionContext context) {
        String name = context.getRequiredTestClass().getName();
        return name.startsWith(ResourceLeakExtension.class.getPackageName() + '.');
    }
}
