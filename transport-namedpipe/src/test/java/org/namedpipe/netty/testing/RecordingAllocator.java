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
package org.namedpipe.netty.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import java.util.ArrayList;
import java.util.List;

/** Allocates buffers of 64 bytes for reads, and records the calls of a channel. For one channel and thread. */
public final class RecordingAllocator implements RecvByteBufAllocator {
    private final RecvByteBufAllocator buffers = new FixedRecvByteBufAllocator(64).maxMessagesPerRead(16);
    private final List<String> calls = new ArrayList<>();
    private final List<ByteBuf> allocated = new ArrayList<>();

    /** Returns the buffer that was allocated last. */
    public ByteBuf last() {
        return allocated.get(allocated.size() - 1);
    }

    /** Returns the calls since the last call of this. */
    public List<String> take() {
        List<String> taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }

    @Override
    @SuppressWarnings("deprecation") // the only method
    public Handle newHandle() {
        return new RecordingHandle((ExtendedHandle) buffers.newHandle());
    }

    private final class RecordingHandle extends DelegatingHandle implements ExtendedHandle {
        private final ExtendedHandle handle;

        RecordingHandle(ExtendedHandle handle) {
            super(handle);
            this.handle = handle;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator alloc) {
            calls.add("allocate");
            ByteBuf buffer = super.allocate(alloc);
            allocated.add(buffer);
            return buffer;
        }

        @Override
        public void reset(ChannelConfig config) {
            calls.add("reset");
            super.reset(config);
        }

        @Override
        public void attemptedBytesRead(int bytes) {
            calls.add("attempted " + bytes);
            super.attemptedBytesRead(bytes);
        }

        @Override
        public void lastBytesRead(int bytes) {
            calls.add("last " + bytes);
            super.lastBytesRead(bytes);
        }

        @Override
        public void incMessagesRead(int messages) {
            calls.add("messages " + messages);
            super.incMessagesRead(messages);
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
            calls.add("continue?");
            return handle.continueReading(maybeMoreData);
        }

        @Override
        public boolean continueReading() {
            calls.add("continue?");
            return super.continueReading();
        }

        @Override
        public void readComplete() {
            calls.add("complete");
            super.readComplete();
        }
    }
}
