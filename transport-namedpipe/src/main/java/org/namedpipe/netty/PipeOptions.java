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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** The values of a channel's own options, each with what it accepts and when. Any thread. */
final class PipeOptions {
    enum When {
        ANY_TIME,
        BEFORE_OPEN
    }

    private static final class Setting {
        final When when;
        final Predicate<Object> accepts;
        final String range;
        volatile Object value;

        Setting(When when, Predicate<Object> accepts, String range, Object value) {
            this.when = when;
            this.accepts = accepts;
            this.range = range;
            this.value = value;
        }
    }

    private final Map<ChannelOption<?>, Setting> settings = new LinkedHashMap<>();

    /** Adds an option that takes any value of its type. */
    <T> PipeOptions add(ChannelOption<T> option, T initial, When when) {
        return add(option, initial, when, value -> true, "");
    }

    /** Adds an option; {@code range} says in an exception's message what {@code accepts} accepts. */
    @SuppressWarnings("unchecked")
    <T> PipeOptions add(ChannelOption<T> option, T initial, When when, Predicate<T> accepts, String range) {
        settings.put(option, new Setting(when, (Predicate<Object>) accepts, range, initial));
        return this;
    }

    boolean has(ChannelOption<?> option) {
        return settings.containsKey(option);
    }

    ChannelOption<?>[] all() {
        return settings.keySet().toArray(new ChannelOption<?>[0]);
    }

    @SuppressWarnings("unchecked")
    <T> T get(ChannelOption<T> option) {
        return (T) setting(option).value;
    }

    /**
     * Sets a value.
     *
     * @param open whether the pipe is open, so that some options cannot change any more
     */
    <T> void set(ChannelOption<T> option, T value, boolean open) {
        Setting setting = setting(option);
        if (open && setting.when == When.BEFORE_OPEN) {
            throw new IllegalStateException(option + " can be set only before the pipe is open");
        }
        if (!setting.accepts.test(value)) {
            throw new IllegalArgumentException(option + ": " + value + " (expected: " + setting.range + ')');
        }
        setting.value = value;
    }

    private Setting setting(ChannelOption<?> option) {
        Setting setting = settings.get(option);
        if (setting == null) {
            throw new IllegalArgumentException("no option of this channel: " + option);
        }
        return setting;
    }
}
