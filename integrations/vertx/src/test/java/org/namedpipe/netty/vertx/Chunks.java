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
package org.namedpipe.netty.vertx;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** A stream of chunks that differ, which are made when the destination has room for them. Used by one event loop. */
final class Chunks implements ReadStream<Buffer> {
    static final int CHUNK = 64 * 1024;

    private final int count;
    private final AtomicLong made = new AtomicLong();
    private final CompletableFuture<Void> stalled = new CompletableFuture<>();
    private long demand = Long.MAX_VALUE;
    private boolean emitting;
    private @Nullable Handler<Buffer> handler;
    private @Nullable Handler<Void> endHandler;

    Chunks(int count) {
        this.count = count;
    }

    /** Returns the number of bytes that were made. Any thread. */
    long bytes() {
        return made.get() * CHUNK;
    }

    /** Completes when the destination has no more room for the first time. */
    CompletableFuture<Void> stalled() {
        return stalled;
    }

    static byte[] chunk(long number) {
        byte[] chunk = new byte[CHUNK];
        Arrays.fill(chunk, (byte) (number * 31));
        chunk[0] = (byte) (number >> 8);
        chunk[1] = (byte) number;
        return chunk;
    }

    static long checksum(int count) {
        CRC32 sum = new CRC32();
        for (int i = 0; i < count; i++) {
            sum.update(chunk(i));
        }
        return sum.getValue();
    }

    private void emit() {
        if (emitting || handler == null) {
            return;
        }
        emitting = true;
        while (demand > 0 && made.get() < count) {
            demand -= demand == Long.MAX_VALUE ? 0 : 1;
            handler.handle(Buffer.buffer(chunk(made.getAndIncrement())));
        }
        emitting = false;
        if (made.get() == count && demand > 0 && endHandler != null) {
            Handler<Void> end = endHandler;
            endHandler = null;
            end.handle(null);
        }
    }

    @Override
    public Chunks handler(@Nullable Handler<Buffer> newHandler) {
        handler = newHandler;
        emit();
        return this;
    }

    @Override
    public Chunks endHandler(@Nullable Handler<Void> newHandler) {
        endHandler = newHandler;
        return this;
    }

    @Override
    public Chunks exceptionHandler(@Nullable Handler<Throwable> newHandler) {
        return this;
    }

    @Override
    public Chunks pause() {
        demand = 0;
        if (made.get() > 0) {
            stalled.complete(null);
        }
        return this;
    }

    @Override
    public Chunks resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public Chunks fetch(long amount) {
        demand = amount > Long.MAX_VALUE - demand ? Long.MAX_VALUE : demand + amount;
        emit();
        return this;
    }
}
