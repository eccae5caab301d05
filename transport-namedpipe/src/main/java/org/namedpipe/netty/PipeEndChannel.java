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

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.RecvByteBufAllocator;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.iocp.IocpContext;
import org.namedpipe.netty.win32.WindowsException;

/** Connects Netty's {@link Channel} with the parts that read, write and close one end of a pipe. */
abstract class PipeEndChannel extends AbstractNamedPipeChannel {
    private final NamedPipeChannelConfig config = new NamedPipeChannelConfig(this);
    final PipeHandle pipe = new PipeHandle();
    private final End unsafe = (End) unsafe();
    final PipeEnd end = unsafe;
    final PipeReader reader = new PipeReader(unsafe, pipe, registration);
    final PipeShutdown halves = new PipeShutdown(unsafe, pipe, reader);
    final PipeDrain drain = new PipeDrain(unsafe, pipe);
    private final GonePeer gonePeer = new GonePeer(unsafe, reader);
    private final PipeClose closing = new PipeClose(unsafe, pipe, reader, drain);
    private final PipeWriter writer = new PipeWriter(unsafe, pipe, registration, reader, closing, gonePeer);
    private final OutboundFilter outbound = new OutboundFilter(end, registration, halves);
    /** Of a client only, from its first connect. */
    private @Nullable PipeConnector connector;

    PipeEndChannel(@Nullable Channel parent, State state) {
        super(parent, state);
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    final long handle() {
        return pipe.value();
    }

    /** Returns whether anything has been read, without which a server cannot impersonate its client. */
    final boolean hasRead() {
        return reader.hasRead();
    }

    /** Returns the path of the pipe, for messages. */
    final String pipeName() {
        return String.valueOf(remote);
    }

    // ---- registration

    @Override
    final void attach(IocpContext iocp) throws WindowsException {
        if (pipe.isOpen()) {
            pipe.attach(iocp, pipeName());
        }
    }

    @Override
    final void resume() {
        if (isActive()) {
            reader.start();
            unsafe.flushNow();
        }
        if (connector != null) {
            connector.resume();
        }
    }

    @Override
    final void suspend() {
        if (connector != null) {
            connector.suspend();
        }
    }

    @Override
    final boolean hasPendingOperations() {
        return reader.isPending() || writer.isPending();
    }

    // ---- reading and writing

    @Override
    protected final void doBeginRead() {
        if (end.expectedShape().mayRead()) {
            reader.read();
        } else if (!config.isAutoRead()) {
            // Auto-read asks whether or not there is anything to read; an explicit read() fails.
            eventLoop().execute(() -> pipeline().fireExceptionCaught(OutboundFilter.wrongDirection(end, "write")));
        }
    }

    @Override
    final void pauseReading() {
        reader.pause();
    }

    @Override
    protected final Object filterOutboundMessage(Object message) throws IOException {
        return outbound.filter(message);
    }

    @Override
    protected final void doWrite(ChannelOutboundBuffer out) {
        writer.write(out);
    }

    // ---- closing

    @Override
    protected final void doShutdownOutput() {
        // A write under way keeps its own buffer, and reads go on.
        halves.outputEnded();
    }

    @Override
    final void closeHandles() {
        if (connector != null) {
            connector.close();
        }
        NamedPipeAddress server = remote;
        if (server != null && isRegistered()) {
            PipeConnector.placeMayBeFree(eventLoop(), server);
        }
        reader.close();
        writer.close();
        if (pipe.isOpen()) {
            PipeEvents.closes(end, parent() != null, reader.bytes(), writer.bytes());
            pipe.close(drain);
        }
    }

    @Override
    protected final void doBind(SocketAddress localAddress) {
        throw new UnsupportedOperationException("a client's end of a pipe has no name of its own to bind");
    }

    @Override
    protected final PipeUnsafe newUnsafe() {
        return new End();
    }

    /** The channel as Netty and its own parts see it. */
    private final class End extends PipeUnsafe implements InboundEnd, OutboundEnd, ConnectingEnd {
        // ---- Netty

        @Override
        public void connect(SocketAddress server, SocketAddress client, ChannelPromise promise) {
            if (!promise.isDone() && ensureOpen(promise)) {
                if (connector == null) {
                    connector = new PipeConnector(this, registration);
                }
                connector.connect(server, client, promise);
            }
        }

        @Override
        public void close(ChannelPromise promise) {
            if (promise.setUncancellable()) {
                closing.lingerIfAsked(outboundBuffer());
                super.close(promise);
            }
        }

        @Override
        protected @Nullable Executor prepareToClose() {
            return closing.prepare();
        }

        @Override
        public void close() {
            closing.completeNow();
            super.close();
        }

        @Override
        protected void flush0() {
            if (writer.isBusy() || (isActive() && !canSubmit())) {
                return;
            }
            if (closing.isLingering()) {
                closing.writeOn(writer);
            } else {
                super.flush0();
            }
        }

        // ---- PipeEnd

        @Override
        public boolean isActive() {
            return PipeEndChannel.this.isActive();
        }

        @Override
        public String pipeName() {
            return PipeEndChannel.this.pipeName();
        }

        @Override
        public PipeEndMode expectedShape() {
            return isActive() ? pipe.shape() : config.shape();
        }

        @Override
        public EventLoop eventLoop() {
            return PipeEndChannel.this.eventLoop();
        }

        @Override
        public ChannelPipeline pipeline() {
            return PipeEndChannel.this.pipeline();
        }

        @Override
        public NamedPipeChannelConfig config() {
            return config;
        }

        @Override
        public GonePeer gonePeer() {
            return gonePeer;
        }

        // ---- InboundEnd

        @Override
        public RecvByteBufAllocator.ExtendedHandle allocHandle() {
            return (RecvByteBufAllocator.ExtendedHandle) recvBufAllocHandle();
        }

        @Override
        public boolean endOfInput() {
            return halves.endOfInput();
        }

        // ---- OutboundEnd

        @Override
        public void writeMarker(ControlMessage marker, ChannelPromise promise) {
            write(marker, promise);
            flush();
        }

        @Override
        public boolean isClosing() {
            return outboundBuffer() == null;
        }

        @Override
        public boolean cancelAll() {
            reader.close();
            return writer.cancel();
        }

        // ---- ConnectingEnd

        @Override
        public void opened(long opened, PipeEndMode openedAs, NamedPipeAddress server, NamedPipeAddress client)
                throws WindowsException {
            pipe.open(iocp().kernel(), opened, openedAs, ConnectionTime.now(iocp().kernel()));
            if (!server.isLocal()) {
                pipe.isOn(server.host());
            }
            pipe.attach(iocp(), server.path());
            remote = server;
            local = client;
            activate();
        }

        @Override
        public void startReading() {
            if (isActive()) {
                reader.start();
            }
        }
    }
}
