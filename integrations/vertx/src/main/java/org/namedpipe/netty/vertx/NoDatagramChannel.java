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

import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramChannelConfig;
import io.netty.channel.socket.DefaultDatagramChannelConfig;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/**
 * A channel for UDP that can be registered with the event loops of pipes, and closed. Everything else fails. The resolver of
 * Vert.x has one in each event loop.
 */
final class NoDatagramChannel extends AbstractChannel implements DatagramChannel {
    private static final ChannelMetadata METADATA = new ChannelMetadata(true);

    /** Its options are those of the channel. It is never bound. */
    private final DatagramSocket socket;

    private final DatagramChannelConfig config;

    NoDatagramChannel() {
        super(null);
        try {
            socket = new DatagramSocket(null);
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
        config = new DefaultDatagramChannelConfig(this, socket);
    }

    static UnsupportedOperationException noUdp() {
        return new UnsupportedOperationException(
                "no UDP, and so no look-up of host names: the transport of this instance of"
                        + " Vert.x has named pipes only. Use an instance of Vert.x without this transport for the network");
    }

    @Override
    public DatagramChannelConfig config() {
        return config;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    public boolean isOpen() {
        return !socket.isClosed();
    }

    @Override
    public boolean isActive() {
        return isOpen() && isRegistered();
    }

    @Override
    public boolean isConnected() {
        return false;
    }

    @Override
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) super.localAddress();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return (InetSocketAddress) super.remoteAddress();
    }

    @Override
    protected @Nullable SocketAddress localAddress0() {
        return null;
    }

    @Override
    protected @Nullable SocketAddress remoteAddress0() {
        return null;
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return true;
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new AbstractUnsafe() {
            @Override
            public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
                promise.setFailure(noUdp());
            }
        };
    }

    @Override
    protected void doBind(SocketAddress address) {
        throw noUdp();
    }

    @Override
    protected void doDisconnect() {
        throw noUdp();
    }

    @Override
    protected void doClose() {
        socket.close();
    }

    @Override
    protected void doBeginRead() {
        // Nothing arrives.
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
        throw noUdp();
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer empty) {
        // No message has passed the filter.
    }

    // ---- Multicast

    private ChannelFuture fail(ChannelPromise promise) {
        return promise.setFailure(noUdp());
    }

    @Override
    public ChannelFuture joinGroup(InetAddress group) {
        return fail(newPromise());
    }

    @Override
    public ChannelFuture joinGroup(InetAddress group, ChannelPromise promise) {
        return fail(promise);
    }

    @Override
    public ChannelFuture joinGroup(InetSocketAddress group, NetworkInterface nic) {
        return fail(newPromise());
    }

    @Override
    public ChannelFuture joinGroup(InetSocketAddress group, NetworkInterface nic, ChannelPromise promise) {
        return fail(promise);
    }

    @Override
    public ChannelFuture joinGroup(InetAddress group, NetworkInterface nic, @Nullable InetAddress source) {
        return fail(newPromise());
    }

    @Override
    public ChannelFuture joinGroup(
            InetAddress group, NetworkInterface nic, @Nullable InetAddress source, ChannelPromise promise) {
        return fail(promise);
    }

    @Override
    public ChannelFuture leaveGroup(InetAddress group) {
        return fail(newPromise());
    }

    @Override
    public ChannelFuture leaveGroup(InetAddress group, ChannelPromise promise) {
        return fail(promise);
    }

    @Override
    public ChannelFuture leaveGroup(InetSocketAddress group, NetworkInterface nic) {
        return fail(newPromise());
    }

    @Override
    public ChannelFuture leaveGroup(InetSocketAddress group, NetworkInterface nic, ChannelPromise promise) {
        return fail(promise);
    }

    @Override
    public ChannelFuture leaveGroup(InetAddress group, NetworkInterface nic, @Nullable InetAddress source) {
        return fail(newPromise());
    }

    @Override
    public ChannelFuture leaveGroup(
            InetAddress group, NetworkInterface nic, @Nullable InetAddress source, ChannelPromise promise) {
        return fail(promise);
    }

    @Override
    public ChannelFuture block(InetAddress group, NetworkInterface nic, InetAddress source) {
        return fail(newPromise());
    }

    @Override
    public ChannelFuture block(InetAddress group, NetworkInterface nic, InetAddress source, ChannelPromise promise) {
        return fail(promise);
    }

    @Override
    public ChannelFuture block(InetAddress group, InetAddress source) {
        return fail(newPromise());
    }

    @Override
    public ChannelFuture block(InetAddress group, InetAddress source, ChannelPromise promise) {
        return fail(promise);
    }
}
