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
package org.namedpipe.netty.iocp;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import java.util.ArrayList;
import java.util.List;

/** A handle that records its events. */
class FakeHandle implements IocpIoHandle {
    /** A completion handler of operations that {@link #handle} records. */
    static final IocpCompletionHandler IGNORE = ops -> {};

    final List<String> events = new ArrayList<>();
    final List<IocpIoOps> ended = new ArrayList<>();

    @Override
    public void registered() {
        events.add("registered");
    }

    @Override
    public void unregistered() {
        events.add("unregistered");
    }

    @Override
    public void handle(IoRegistration registration, IoEvent event) {
        IocpIoOps ops = ((IocpIoEvent) event).ops();
        events.add(ops.call() + ' ' + ops.error() + ' ' + ops.transferred());
        ended.add(ops);
    }

    @Override
    public void close() {
        events.add("close");
    }
}
