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

import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import java.util.concurrent.atomic.AtomicInteger;

/** What Netty's loop gives out too: it has to be cancelled itself, not the handler's own behind it. */
final class CountedRegistration implements IoRegistration {
    private final IoRegistration registration;
    private final AtomicInteger count;

    /** Counts itself until it is cancelled. */
    CountedRegistration(IoRegistration registration, AtomicInteger count) {
        this.registration = registration;
        this.count = count;
        count.incrementAndGet();
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // part of the interface
    public <T> T attachment() {
        return registration.attachment();
    }

    @Override
    public long submit(IoOps ops) {
        return registration.submit(ops);
    }

    @Override
    public boolean isValid() {
        return registration.isValid();
    }

    @Override
    public boolean cancel() {
        boolean cancelled = registration.cancel();
        if (cancelled) {
            count.decrementAndGet();
        }
        return cancelled;
    }
}
