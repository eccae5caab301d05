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
package org.namedpipe.netty;

import io.netty.channel.ChannelOption;
import java.util.HashMap;
import java.util.Map;

/** The values of one channel's own options: those that were set, and for the others what its kind of channel starts with. */
final class PipeOptions {
    private final PipeOptionSet kind;
    private volatile Map<ChannelOption<?>, Object> values = Map.of();

    PipeOptions(PipeOptionSet kind) {
        this.kind = kind;
    }

    boolean has(ChannelOption<?> option) {
        return kind.has(option);
    }

    ChannelOption<?>[] all() {
        return kind.all();
    }

    /** Any thread. */
    @SuppressWarnings("unchecked")
    <T> T get(ChannelOption<T> option) {
        Object value = values.get(option);
        return (T) (value == null ? kind.initial(option) : value);
    }

    /**
     * Sets a value. Any thread.
     *
     * @param open whether the pipe is open, so that some options cannot change any more
     */
    synchronized <T> void set(ChannelOption<T> option, T value, boolean open) {
        kind.check(option, value, open);
        Map<ChannelOption<?>, Object> changed = new HashMap<>(values);
        changed.put(option, value);
        values = Map.copyOf(changed);
    }
}
