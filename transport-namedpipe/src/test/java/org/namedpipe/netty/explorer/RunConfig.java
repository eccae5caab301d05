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
import io.netty.channel.ChannelConfig;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import java.util.EnumSet;
import java.util.Set;
import org.namedpipe.netty.NamedPipeAccess;
import org.namedpipe.netty.NamedPipeMode;

/** The configuration of one run, chosen at random: the options of the pipe, the enabled actions, and probabilities. */
final class RunConfig {
    final int backlog;
    final int toServerQuota;
    final int toClientQuota;
    final int steps;
    /** The indexes of the loops of the server, of its accepted channels, and of the clients. */
    final int[] loops;
    /** One in so many completions is held back; 0 for none. */
    final int holdOneIn;
    /** One in so many operations that could complete synchronously completes asynchronously; 0 for none. */
    final int pendOneIn;
    /** One in so many events makes the application act; 0 for none. */
    final int reactOneIn;

    final boolean lateCompletions;
    final boolean writesOutliveTheirHandle;
    /** True if direct buffers have a memory address. */
    final boolean addresses;
    /** True if calls and operations may fail. */
    final boolean faults;

    /** True if the kernel has wait packets; otherwise threads wait for clients. */
    final boolean waitPackets;

    final boolean bindFirst;
    /** True for message mode, false for byte mode. */
    final boolean messages;

    /** True if the transport chooses the sizes of reads, and asks the pipe how many bytes are left. */
    final boolean largeReads;

    /** True if an empty message ends the output of its sender. */
    final boolean halfClosure;

    /** True if applications drain their output, some of them on each close. */
    final boolean drains;

    final NamedPipeAccess access;
    final int maxMessages;
    final int maxLength;
    final Set<Action> actions = EnumSet.noneOf(Action.class);
    private final int readBytes;

    RunConfig(RandomSource random) {
        backlog = random.between(1, 4);
        toServerQuota = quota(random);
        toClientQuota = quota(random);
        steps = random.pick(20, 60, 120, 250);
        loops = switch (random.below(4)) {
            case 0 -> new int[] {0, 0, 0};
            case 1 -> new int[] {0, 0, 1};
            case 2 -> new int[] {0, 1, 0};
            default -> new int[] {0, 1, 2};
        };
        holdOneIn = random.pick(0, 0, 1, 2, 5);
        pendOneIn = random.pick(0, 0, 1, 3);
        reactOneIn = random.pick(0, 3, 10, 30);
        lateCompletions = random.oneIn(3);
        writesOutliveTheirHandle = random.oneIn(3);
        addresses = !random.oneIn(5);
        faults = random.oneIn(3);
        waitPackets = !random.oneIn(3);
        bindFirst = !random.oneIn(10);
        messages = random.oneIn(4);
        largeReads = !messages && random.oneIn(4);
        halfClosure = messages && random.oneIn(2);
        drains = random.oneIn(4);
        access = random.oneIn(4) ? random.pick(NamedPipeAccess.values()) : NamedPipeAccess.DUPLEX;
        maxMessages = random.pick(5, 20, 60);
        // The transport begins with reads of 2,048 bytes.
        readBytes = largeReads ? 2048 : random.pick(1, 8, 64, 64, 1000, 1000);
        maxLength = switch (readBytes) {
            case 1 -> 40;
            case 8 -> 200;
            case 64 -> 2000;
            case 2048 -> 8000;
            default -> random.oneIn(40) ? 300_000 : 5000;
        };
        for (Action action : Action.values()) {
            if (action.isAlwaysEnabled() || !random.oneIn(3)) {
                actions.add(action);
            }
        }
    }

    private static int quota(RandomSource random) {
        return random.pick(0, 1, 16, 512, 4096, 65_536);
    }

    NamedPipeMode mode() {
        return messages ? NamedPipeMode.MESSAGE : NamedPipeMode.BYTE;
    }

    /** Returns whether clients may write, and servers read. */
    boolean toServer() {
        return access != NamedPipeAccess.OUTBOUND;
    }

    /** Returns whether servers may write, and clients read. */
    boolean toClient() {
        return access != NamedPipeAccess.INBOUND;
    }

    /** Sets a random allocator of receive buffers, unless the transport chooses the sizes of reads. */
    void setRecvAllocator(ChannelConfig channel, RandomSource random) {
        if (!largeReads) {
            channel.setRecvByteBufAllocator(recvAllocator(random));
        }
    }

    /** Returns a random allocator of receive buffers. */
    RecvByteBufAllocator recvAllocator(RandomSource random) {
        int bytes = maxLength > 10_000 ? 20_000 : readBytes;
        MaxMessagesRecvByteBufAllocator allocator = bytes >= 64 && random.oneIn(3)
                ? new AdaptiveRecvByteBufAllocator(16, 64, bytes)
                : new FixedRecvByteBufAllocator(bytes);
        return allocator.maxMessagesPerRead(random.pick(1, 2, 4, 16));
    }

    /** Returns a random length of a message, often at a limit of the buffers or of the pipe. */
    int length(RandomSource random) {
        return switch (random.below(6)) {
            case 0 -> 0;
            case 1 -> 1;
            case 2 -> random.between(1, maxLength);
            case 3 -> Math.min(maxLength, random.pick(readBytes, readBytes + 1, 2 * readBytes));
            case 4 -> Math.min(maxLength, random.pick(toServerQuota, toServerQuota + 1, toClientQuota));
            default -> random.between(1, Math.min(maxLength, 50));
        };
    }
}
