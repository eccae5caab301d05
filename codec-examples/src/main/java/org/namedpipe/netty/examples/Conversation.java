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
package org.namedpipe.netty.examples;

import io.netty.handler.codec.CorruptedFrameException;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Which message is next, and whether its reply is right. Confined to the event loop of its channel until it has ended. */
public final class Conversation {

    private final List<String> messages;
    private final long count;
    private final UnaryOperator<String> replies;
    private long answered;

    /**
     * Makes a conversation that has not begun.
     *
     * @param messages what to say
     * @param repeat how often to say all of it
     * @param replies what the reply to a message has to be
     */
    public Conversation(List<String> messages, int repeat, UnaryOperator<String> replies) {
        this.messages = messages;
        this.count = (long) messages.size() * repeat;
        this.replies = replies;
    }

    boolean hasNext() {
        return answered < count;
    }

    String next() {
        return messages.get((int) (answered % messages.size()));
    }

    /**
     * Takes the reply to {@link #next}.
     *
     * @throws CorruptedFrameException if it is another
     */
    void reply(String reply) {
        if (!reply.equals(replies.apply(next()))) {
            throw new CorruptedFrameException("message " + answered + " got a reply to something else");
        }
        answered++;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,d of %,d messages answered", answered, count);
    }
}
