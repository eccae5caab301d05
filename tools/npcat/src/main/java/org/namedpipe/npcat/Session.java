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
package org.namedpipe.npcat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** One run of npcat: its connections, standard input and output, and its exit code. Thread-safe. */
final class Session {

    static final int CONNECTION_FAILED = 1;
    private static final int STREAM_FAILED = 3;

    private final Settings settings;
    private final boolean keepOpen;
    private final Input input;
    private final Output output;
    private final HexDump sent;
    /** Closes a channel that connects after the end. */
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicBoolean inputStarted = new AtomicBoolean();
    private volatile boolean inputEnded;
    private final AtomicInteger exitCode = new AtomicInteger();
    private final AtomicBoolean aborted = new AtomicBoolean();
    private volatile boolean ending;
    private final CountDownLatch end = new CountDownLatch(1);
    /** Held while input is being sent. */
    private final Object sending = new Object();

    private boolean finished;

    /**
     * Creates a session.
     *
     * @param keepOpen whether the session outlives its connections
     */
    Session(Settings settings, boolean keepOpen, InputStream in, OutputStream out) {
        this.settings = settings;
        this.keepOpen = keepOpen;
        input = new Input(in, settings);
        output = new Output(out, settings);
        sent = new HexDump('>', settings.messages());
    }

    /** Waits for the end of the session. Input that is being sent then fails, which is an error too. */
    int exitCode() throws InterruptedException {
        end.await();
        synchronized (sending) {
            finished = true;
            return exitCode.get();
        }
    }

    /** Adds a connection. The first one starts to read the input. */
    void connected(Channel channel) {
        connections.incrementAndGet();
        channels.add(channel);
        if (inputStarted.compareAndSet(false, true)) {
            Thread pump = new Thread(this::sendInput, "standard input");
            pump.setDaemon(true);
            pump.start();
        } else if (inputEnded) {
            endOutput(channel);
        }
    }

    /** Reports the end of a connection. */
    void disconnected() {
        if (connections.decrementAndGet() == 0 && (ending || !keepOpen)) {
            end.countDown();
        }
    }

    /** Prints received bytes. */
    void received(HexDump dump, ByteBuf bytes) {
        try {
            output.received(dump, bytes);
        } catch (IOException e) {
            abort("standard output: " + describe(e));
        }
    }

    /** Prints an error of a connection, which determines the exit code unless there was an error before. */
    void connectionFailed(String message) {
        fail(CONNECTION_FAILED, message);
    }

    private void fail(int code, String message) {
        exitCode.compareAndSet(0, code);
        System.err.println("npcat: " + message);
    }

    /** Ends the session because standard input or output has failed. */
    private void abort(String message) {
        if (aborted.compareAndSet(false, true)) {
            fail(STREAM_FAILED, message);
            closeAll();
        }
    }

    private void closeAll() {
        ending = true;
        channels.close();
        if (connections.get() == 0) {
            end.countDown();
        }
    }

    private void sendInput() {
        try {
            input.readAll(this::send);
        } catch (IOException | IllegalArgumentException e) {
            abort("standard input: " + describe(e));
            return;
        }
        inputEnded = true;
        if (settings.quit()) {
            closeAll();
        } else {
            channels.forEach(this::endOutput);
        }
    }

    private void send(ByteBuf bytes) {
        synchronized (sending) {
            try {
                if (!finished) {
                    output.sent(sent, bytes);
                    sendToAll(bytes);
                }
            } catch (IOException e) {
                abort("standard output: " + describe(e));
            } finally {
                bytes.release();
            }
        }
    }

    /** Sends bytes to all connections, and waits until Windows has accepted them. */
    private void sendToAll(ByteBuf bytes) {
        List<ChannelFuture> writes = channels.stream()
                .map(channel -> channel.writeAndFlush(bytes.retainedDuplicate()))
                .toList();
        if (writes.isEmpty() && !keepOpen && !ending) {
            connectionFailed("the connection ended before the input was sent");
        }
        for (ChannelFuture write : writes) {
            write.awaitUninterruptibly();
            if (!write.isSuccess() && !ending) {
                connectionFailed("the connection ended before the input was sent: " + describe(write.cause()));
            }
        }
    }

    /** Shuts down output after all pending writes, with {@code -N}. */
    private void endOutput(Channel channel) {
        if (settings.halfClose()) {
            DuplexChannel duplex = (DuplexChannel) channel;
            duplex.shutdownOutput().addListener(ended -> closeIfDone(duplex));
        }
    }

    /** Closes a connection both of whose directions have ended. */
    static void closeIfDone(DuplexChannel channel) {
        if (channel.isShutdown()) {
            channel.close();
        }
    }

    /** Returns the message of an error, which names the operation and the pipe. */
    static String describe(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.toString() : message;
    }
}
