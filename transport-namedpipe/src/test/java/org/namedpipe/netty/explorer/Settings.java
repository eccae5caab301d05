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

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import java.util.EnumSet;
import java.util.Set;
import org.namedpipe.netty.NamedPipeAccess;
import org.namedpipe.netty.NamedPipeMode;

/** What a scenario keeps from beginning to end: how its world is made, and how likely things are in it. */
final class Settings {
    final int backlog;
    final int toServerQuota;
    final int toClientQuota;
    final int steps;
    /** Which loop each of server, children and clients is on. */
    final int[] loops;
    /** Of 0 to {@code n - 1} ends of operations one is held; 0 for none. */
    final int holdOneIn;
    /** The same for operations that end at once, but say that they pend. */
    final int pendOneIn;
    /** The same for moments at which the application does something. */
    final int reactOneIn;

    final boolean lateEnds;
    final boolean writesOutliveTheirHandle;
    final boolean addresses;
    /** Whether things may fail that do not depend on the transport. */
    final boolean faults;

    final boolean bindFirst;
    /** Whether this is a pipe of messages, not of bytes. */
    final boolean messages;

    /** Whether an empty message is the end of its sender's output. */
    final boolean halves;

    final NamedPipeAccess access;
    final int maxMessages;
    final int maxLength;
    final Set<Action> actions = EnumSet.noneOf(Action.class);
    private final int readBytes;

    Settings(Dice dice) {
        backlog = dice.between(1, 4);
        toServerQuota = quota(dice);
        toClientQuota = quota(dice);
        steps = dice.pick(20, 60, 120, 250);
        loops = switch (dice.below(4)) {
            case 0 -> new int[] {0, 0, 0};
            case 1 -> new int[] {0, 0, 1};
            case 2 -> new int[] {0, 1, 0};
            default -> new int[] {0, 1, 2};
        };
        holdOneIn = dice.pick(0, 0, 1, 2, 5);
        pendOneIn = dice.pick(0, 0, 1, 3);
        reactOneIn = dice.pick(0, 3, 10, 30);
        lateEnds = dice.oneIn(3);
        writesOutliveTheirHandle = dice.oneIn(3);
        addresses = !dice.oneIn(5);
        faults = dice.oneIn(3);
        bindFirst = !dice.oneIn(10);
        messages = dice.oneIn(4);
        halves = messages && dice.oneIn(2);
        access = dice.oneIn(4) ? dice.pick(NamedPipeAccess.values()) : NamedPipeAccess.DUPLEX;
        maxMessages = dice.pick(5, 20, 60);
        readBytes = dice.pick(1, 8, 64, 64, 1000, 1000);
        maxLength = switch (readBytes) {
            case 1 -> 40;
            case 8 -> 200;
            case 64 -> 2000;
            default -> dice.oneIn(40) ? 300_000 : 5000;
        };
        for (Action action : Action.values()) {
            if (action.isVital() || !dice.oneIn(3)) {
                actions.add(action);
            }
        }
    }

    private static int quota(Dice dice) {
        return dice.pick(0, 1, 16, 512, 4096, 65_536);
    }

    NamedPipeMode mode() {
        return messages ? NamedPipeMode.MESSAGE : NamedPipeMode.BYTE;
    }

    /** Whether clients may write, hence servers read. */
    boolean toServer() {
        return access != NamedPipeAccess.OUTBOUND;
    }

    /** Whether servers may write, hence clients read. */
    boolean toClient() {
        return access != NamedPipeAccess.INBOUND;
    }

    /** How a channel shall read, at random. */
    RecvByteBufAllocator recvAllocator(Dice dice) {
        int bytes = maxLength > 10_000 ? 20_000 : readBytes;
        MaxMessagesRecvByteBufAllocator allocator = bytes >= 64 && dice.oneIn(3)
                ? new AdaptiveRecvByteBufAllocator(16, 64, bytes)
                : new FixedRecvByteBufAllocator(bytes);
        return allocator.maxMessagesPerRead(dice.pick(1, 2, 4, 16));
    }

    /** How long a message shall be, at random. */
    int length(Dice dice) {
        return switch (dice.below(6)) {
            case 0 -> 0;
            case 1 -> 1;
            case 2 -> dice.between(1, maxLength);
            case 3 -> Math.min(maxLength, dice.pick(readBytes, readBytes + 1, 2 * readBytes));
            case 4 -> Math.min(maxLength, dice.pick(toServerQuota, toServerQuota + 1, toClientQuota));
            default -> dice.between(1, Math.min(maxLength, 50));
        };
    }
}
