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
import static org.assertj.core.api.Assertions.catchThrowable;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultMessageSizeEstimator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;

/** The table in {@code docs/options.md} has every option of both channels, its default, and when it can be set. */
class OptionsTableTest extends OneThread {
    private static final Path PAGE = Path.of(System.getProperty("basedir", ".")).resolve("../docs/options.md");
    private static final Pattern ROW =
            Pattern.compile("\\| `([A-Z_]+)` \\| (server|channel|both) \\| ([^|]+) \\| ([^|]+) \\| [^|]+ \\|");

    /** Defaults that the table names by their constants. */
    private static final Map<Object, String> KNOWN = Map.of(
            ByteBufAllocator.DEFAULT,
            "`ByteBufAllocator.DEFAULT`",
            WriteBufferWaterMark.DEFAULT,
            "`WriteBufferWaterMark.DEFAULT`",
            DefaultMessageSizeEstimator.DEFAULT,
            "`DefaultMessageSizeEstimator.DEFAULT`",
            NamedPipeSecurity.currentUser(),
            "`NamedPipeSecurity.currentUser()`",
            NamedPipeServerTrust.any(),
            "`NamedPipeServerTrust.any()`",
            Integer.MAX_VALUE,
            "no limit");

    private record Row(String option, String of, String initial, String when) {}

    private static Stream<Row> rows() throws IOException {
        return Files.readString(PAGE)
                .lines()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> new Row(row.group(1), row.group(2), row.group(3), row.group(4)));
    }

    private static List<Row> rowsOf(String channel) throws IOException {
        return rows().filter(row -> row.of().equals(channel) || row.of().equals("both"))
                .toList();
    }

    /** Returns the options as {@code NAME default}. */
    private static List<String> defaultsOf(ChannelConfig config) {
        return config.getOptions().entrySet().stream()
                .map(option -> name(option.getKey()) + ' ' + text(option.getValue()))
                .toList();
    }

    private static String name(ChannelOption<?> option) {
        return option.name().substring(option.name().indexOf('#') + 1);
    }

    private static String text(Object value) {
        if (KNOWN.containsKey(value)) {
            return KNOWN.get(value);
        }
        if (value instanceof Integer number) {
            return String.format(Locale.ROOT, "%,d", number);
        }
        Object shown = value instanceof RecvByteBufAllocator ? value.getClass().getSimpleName() : value;
        return "`" + shown + '`';
    }

    private static void assertListed(ChannelConfig config, String channel) throws IOException {
        assertThat(rowsOf(channel).stream().map(row -> row.option() + ' ' + row.initial()))
                .containsExactlyInAnyOrderElementsOf(defaultsOf(config));
    }

    @Test
    void everyOptionIsListedWithItsDefault() throws IOException {
        assertListed(new NamedPipeServerChannel().config(), "server");
        assertListed(new NamedPipeChannel().config(), "channel");
    }

    @SuppressWarnings("unchecked")
    private static boolean isTooLate(ChannelConfig config, ChannelOption<?> option) {
        Throwable refusal =
                catchThrowable(() -> config.setOption((ChannelOption<Object>) option, config.getOption(option)));
        if (refusal != null) {
            assertThat(refusal).isInstanceOf(IllegalStateException.class).hasMessageContaining(option.name());
        }
        return refusal != null;
    }

    private static void assertTimes(ChannelConfig open, String channel, String before) throws IOException {
        List<String> tooLate = open.getOptions().keySet().stream()
                .filter(option -> isTooLate(open, option))
                .map(OptionsTableTest::name)
                .toList();
        List<Row> rows = rowsOf(channel);
        assertThat(rows).allSatisfy(row -> assertThat(row.when()).matches("any time|before .*" + before + ".*"));
        assertThat(rows.stream().filter(row -> !row.when().equals("any time")).map(Row::option))
                .containsExactlyInAnyOrderElementsOf(tooLate);
    }

    @Test
    void theTableSaysWhenAnOptionCanBeSet() throws IOException {
        assertTimes(bound(server(new Recorder(), new Recorder())).config(), "server", "`bind`");
        assertTimes(connect(new Recorder()).config(), "channel", "`connect`");
    }
}
