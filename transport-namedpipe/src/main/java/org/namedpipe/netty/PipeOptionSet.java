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

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.MessageSizeEstimator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The options of one kind of channel: what they and Netty's generic options accept, and when, and what they start with. */
final class PipeOptionSet {
    enum When {
        ANY_TIME,
        BEFORE_OPEN
    }

    /** The values that an option accepts. Options can be had by name, so that not even the type of a value is certain. */
    private record Domain<T>(Class<T> type, Predicate<? super T> accepts, String range) {
        static <T> Domain<T> of(Class<T> type) {
            return new Domain<>(type, value -> true, rangeOf(type));
        }

        private static String rangeOf(Class<?> type) {
            if (type == Boolean.class) {
                return "true or false";
            }
            if (type == Integer.class) {
                return "any int";
            }
            return type.isEnum() ? "one of " + Arrays.toString(type.getEnumConstants()) : "a " + type.getSimpleName();
        }

        static Domain<Integer> atLeast(int least) {
            return new Domain<>(
                    Integer.class, value -> value >= least, least == 1 ? "more than 0" : least + " or more");
        }

        boolean contains(@Nullable Object value) {
            return type.isInstance(value) && accepts.test(type.cast(value));
        }
    }

    private record Definition(Domain<?> domain, When when, Object initial) {}

    /** A setter of Netty's. */
    interface Setter {
        boolean set();
    }

    private static final Map<ChannelOption<?>, Domain<?>> GENERIC = generic();

    private final Map<ChannelOption<?>, Definition> definitions = new LinkedHashMap<>();

    @SuppressWarnings("deprecation")
    private static Map<ChannelOption<?>, Domain<?>> generic() {
        return Map.ofEntries(
                Map.entry(ChannelOption.CONNECT_TIMEOUT_MILLIS, Domain.atLeast(0)),
                Map.entry(ChannelOption.MAX_MESSAGES_PER_READ, Domain.atLeast(1)),
                Map.entry(ChannelOption.MAX_MESSAGES_PER_WRITE, Domain.atLeast(1)),
                Map.entry(ChannelOption.WRITE_SPIN_COUNT, Domain.atLeast(1)),
                Map.entry(ChannelOption.ALLOCATOR, Domain.of(ByteBufAllocator.class)),
                Map.entry(ChannelOption.AUTO_READ, Domain.of(Boolean.class)),
                Map.entry(ChannelOption.AUTO_CLOSE, Domain.of(Boolean.class)),
                Map.entry(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new Domain<>(
                                RecvByteBufAllocator.class,
                                value -> value.newHandle() instanceof RecvByteBufAllocator.ExtendedHandle,
                                "a RecvByteBufAllocator of ExtendedHandles")),
                Map.entry(
                        ChannelOption.WRITE_BUFFER_HIGH_WATER_MARK,
                        new Domain<>(Integer.class, value -> value >= 0, "the low water mark or more")),
                Map.entry(
                        ChannelOption.WRITE_BUFFER_LOW_WATER_MARK,
                        new Domain<>(Integer.class, value -> value >= 0, "0 to the high water mark")),
                Map.entry(ChannelOption.WRITE_BUFFER_WATER_MARK, Domain.of(WriteBufferWaterMark.class)),
                Map.entry(ChannelOption.MESSAGE_SIZE_ESTIMATOR, Domain.of(MessageSizeEstimator.class)),
                Map.entry(ChannelOption.SINGLE_EVENTEXECUTOR_PER_GROUP, Domain.of(Boolean.class)));
    }

    /** Adds an option that takes any value of its type. */
    <T> PipeOptionSet add(ChannelOption<T> option, T initial, When when) {
        return add(option, Domain.of(typeOf(initial)), initial, when);
    }

    /** Adds an option; {@code range} says in an exception's message what {@code accepts} accepts. */
    <T> PipeOptionSet add(ChannelOption<T> option, T initial, When when, Predicate<T> accepts, String range) {
        return add(option, new Domain<>(typeOf(initial), accepts, range), initial, when);
    }

    private <T> PipeOptionSet add(ChannelOption<T> option, Domain<T> domain, T initial, When when) {
        definitions.put(option, new Definition(domain, when, initial));
        return this;
    }

    @SuppressWarnings("unchecked")
    private static <T> Class<T> typeOf(T value) {
        return (Class<T>) (value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass());
    }

    boolean has(ChannelOption<?> option) {
        return definitions.containsKey(option);
    }

    ChannelOption<?>[] all() {
        return definitions.keySet().toArray(new ChannelOption<?>[0]);
    }

    Object initial(ChannelOption<?> option) {
        return definition(option).initial;
    }

    /** Throws if {@code option} cannot be set to {@code value}, or not any more. */
    void check(ChannelOption<?> option, @Nullable Object value, boolean open) {
        Definition definition = definition(option);
        if (open && definition.when == When.BEFORE_OPEN) {
            throw new IllegalStateException(option + " can be set only before the pipe is open");
        }
        check(option, value, definition.domain);
    }

    /** Sets an option of Netty's, which speaks of its parameters when it refuses a value. */
    static boolean setGeneric(ChannelOption<?> option, @Nullable Object value, Setter setter) {
        Domain<?> domain = GENERIC.get(option);
        if (domain == null) {
            return setter.set();
        }
        check(option, value, domain);
        try {
            return setter.set();
        } catch (IllegalArgumentException e) {
            throw refusal(option, value, domain, e);
        }
    }

    private static void check(ChannelOption<?> option, @Nullable Object value, Domain<?> domain) {
        if (!domain.contains(value)) {
            throw refusal(option, value, domain, null);
        }
    }

    private static IllegalArgumentException refusal(
            ChannelOption<?> option, @Nullable Object value, Domain<?> domain, @Nullable Throwable cause) {
        return new IllegalArgumentException(option + ": " + value + " (expected: " + domain.range + ')', cause);
    }

    private Definition definition(ChannelOption<?> option) {
        Definition definition = definitions.get(option);
        if (definition == null) {
            throw new IllegalArgumentException("no option of this channel: " + option);
        }
        return definition;
    }
}
