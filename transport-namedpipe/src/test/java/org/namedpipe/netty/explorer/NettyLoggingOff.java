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
package org.namedpipe.netty.explorer;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Switches Netty's logging off during a test class, which causes thousands of failures on purpose. */
public final class NettyLoggingOff implements BeforeAllCallback, AfterAllCallback {
    private static final Logger NETTY = Logger.getLogger("io.netty");

    private @Nullable Level before;

    @Override
    public void beforeAll(ExtensionContext context) {
        before = NETTY.getLevel();
        NETTY.setLevel(Level.OFF);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        NETTY.setLevel(before);
    }
}
