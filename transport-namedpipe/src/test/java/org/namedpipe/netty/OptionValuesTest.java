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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Invalid values of options are refused when they are set, with the option's name and range. */
class OptionValuesTest {
    /** A type of no option. */
    private record Nonsense() {}

    /** Values of the right type, and the expected values in the message. */
    @SuppressWarnings("deprecation")
    private static final Map<ChannelOption<?>, Map<?, String>> OUT_OF_RANGE = Map.ofEntries(
            Map.entry(ChannelOption.SO_BACKLOG, Map.of(0, "more than 0", -1, "more than 0")),
            Map.entry(ChannelOption.SO_RCVBUF, Map.of(-1, "0 or more")),
            Map.entry(ChannelOption.SO_SNDBUF, Map.of(-1, "0 or more")),
            Map.entry(
                    NamedPipeChannelOption.MAX_INSTANCES,
                    Map.of(0, "1 to 254, or 255 for no limit", 256, "1 to 254, or 255 for no limit")),
            Map.entry(NamedPipeChannelOption.MAX_MESSAGE_SIZE, Map.of(0, "more than 0")),
            Map.entry(NamedPipeChannelOption.PEER_DECISION_TIMEOUT_MILLIS, Map.of(0, "more than 0", -1, "more than 0")),
            Map.entry(ChannelOption.CONNECT_TIMEOUT_MILLIS, Map.of(-1, "0 or more")),
            Map.entry(ChannelOption.MAX_MESSAGES_PER_READ, Map.of(0, "more than 0")),
            Map.entry(ChannelOption.MAX_MESSAGES_PER_WRITE, Map.of(0, "more than 0")),
            Map.entry(ChannelOption.WRITE_SPIN_COUNT, Map.of(0, "more than 0")),
            Map.entry(
                    ChannelOption.WRITE_BUFFER_HIGH_WATER_MARK,
                    Map.of(-1, "the low water mark or more", 1, "the low water mark or more")),
            Map.entry(
                    ChannelOption.WRITE_BUFFER_LOW_WATER_MARK,
                    Map.of(-1, "0 to the high water mark", Integer.MAX_VALUE, "0 to the high water mark")),
            Map.entry(
                    ChannelOption.RECVBUF_ALLOCATOR,
                    Map.of(new PlainAllocator(), "a RecvByteBufAllocator of ExtendedHandles")));

    /** Options that take every value of their type. */
    private static final List<ChannelOption<?>> UNLIMITED = List.of(ChannelOption.SO_LINGER);

    /** An allocator whose handles are not extended. */
    private static final class PlainAllocator implements RecvByteBufAllocator {
        @Override
        @SuppressWarnings("deprecation")
        public Handle newHandle() {
            return new RecvByteBufAllocator.DelegatingHandle(new FixedRecvByteBufAllocator(1).newHandle());
        }
    }

    private static Stream<ChannelConfig> configs() {
        return Stream.of(new NamedPipeServerChannel().config(), new NamedPipeChannel().config());
    }

    static Stream<Arguments> options() {
        return configs()
                .flatMap(config -> config.getOptions().keySet().stream()
                        .map(option -> Arguments.of(config.getClass().getSimpleName(), option, config)));
    }

    static Stream<Arguments> valuesOutOfRange() {
        return configs()
                .flatMap(config -> config.getOptions().keySet().stream()
                        .flatMap(option -> OUT_OF_RANGE.getOrDefault(option, Map.of()).entrySet().stream()
                                .map(bad -> Arguments.of(option, bad.getKey(), bad.getValue(), config))));
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // null is refused too
    private static void set(ChannelConfig config, ChannelOption<?> option, @Nullable Object value) {
        config.setOption((ChannelOption<Object>) option, value);
    }

    private static void assertRefused(
            ChannelConfig config, ChannelOption<?> option, @Nullable Object value, String expected) {
        Object before = config.getOption(option);
        assertThatThrownBy(() -> set(config, option, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(option.name() + ": " + value + " (expected: ")
                .hasMessageContaining(expected)
                .hasMessageEndingWith(")");
        assertThat((Object) config.getOption(option)).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("options")
    void nullAndOtherTypesAreRefused(String name, ChannelOption<?> option, ChannelConfig config) {
        assertRefused(config, option, null, "");
        assertRefused(config, option, new Nonsense(), "");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("valuesOutOfRange")
    void valuesOutOfRangeAreRefused(ChannelOption<?> option, Object value, String expected, ChannelConfig config) {
        assertRefused(config, option, value, expected);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("options")
    void theCurrentValueCanBeSetAgain(String name, ChannelOption<?> option, ChannelConfig config) {
        Object value = config.getOption(option);
        set(config, option, value);
        assertThat((Object) config.getOption(option)).isEqualTo(value);
    }

    /** A new option needs its invalid values here. */
    @Test
    void everyNumberHasARange() {
        configs()
                .forEach(config -> config.getOptions().forEach((option, value) -> {
                    if (value instanceof Integer && !UNLIMITED.contains(option)) {
                        assertThat(OUT_OF_RANGE).containsKey(option);
                    }
                }));
    }

    @Test
    void theMessageListsTheConstantsOfAnEnum() {
        ChannelConfig config = new NamedPipeChannel().config();
        assertRefused(config, NamedPipeChannelOption.PIPE_ACCESS, "BOTH", "one of [DUPLEX, INBOUND, OUTBOUND]");
        assertRefused(config, ChannelOption.AUTO_READ, "yes", "true or false");
    }
}
