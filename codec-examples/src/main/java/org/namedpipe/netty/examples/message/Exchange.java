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
package org.namedpipe.netty.examples.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Messages to send, each of which is answered before the next is sent; and the options that say which. */
final class Exchange {

    private static final int LONGEST_SHOWN = 80;

    @Option(
            names = "--timeout",
            paramLabel = "MILLIS",
            description = "How long to wait for each answer (default: ${DEFAULT-VALUE}).")
    private int timeoutMillis = 10_000;

    @Parameters(paramLabel = "MESSAGE", description = "What to send; may be empty (default: hello).")
    private List<String> messages = List.of("hello");

    private final AtomicLong answered = new AtomicLong();

    void check(CommandLine command) {
        if (timeoutMillis < 1) {
            throw new ParameterException(command, "--timeout must be at least 1");
        }
    }

    int timeoutMillis() {
        return timeoutMillis;
    }

    /**
     * Sends all messages, some times over; the answers are printed once.
     *
     * @param call sends one, and has its answer as a message that is to be released
     * @throws IOException if one gets no answer
     */
    void run(CommandLine command, int times, Function<ByteBuf, Future<ByteBuf>> call)
            throws IOException, InterruptedException {
        for (int i = 0; i < times; i++) {
            for (String message : messages) {
                ByteBuf request = Unpooled.copiedBuffer(message, StandardCharsets.UTF_8);
                String answer = text(call.apply(request).await());
                if (i == 0) {
                    command.getOut().println(quote(message) + " -> " + quote(answer));
                }
            }
        }
    }

    private String text(Future<ByteBuf> reply) throws IOException {
        if (!reply.isSuccess()) {
            throw new IOException("no answer, " + this + ": " + reply.cause(), reply.cause());
        }
        ByteBuf bytes = reply.getNow();
        try {
            answered.incrementAndGet();
            return new String(ByteBufUtil.getBytes(bytes), StandardCharsets.UTF_8);
        } finally {
            bytes.release();
        }
    }

    private static String quote(String text) {
        return text.length() <= LONGEST_SHOWN ? '"' + text + '"' : text.length() + " characters";
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,d messages answered", answered.get());
    }
}
