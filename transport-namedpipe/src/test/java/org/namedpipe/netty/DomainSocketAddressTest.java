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

import io.netty.channel.ChannelFuture;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.UnsupportedAddressTypeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;

/** The path of a pipe in the domain socket addresses of Netty and of the JDK. */
class DomainSocketAddressTest extends OneThread {

    @ParameterizedTest
    @ValueSource(strings = {"\\\\.\\pipe\\simulated", "//./pipe/simulated"})
    void aServerAndAClientTakeNettysAddress(String path) {
        NamedPipeServerChannel server = (NamedPipeServerChannel)
                channelOf(server(new Recorder(), new Recorder()).bind(new DomainSocketAddress(path)));
        NamedPipeChannel client =
                (NamedPipeChannel) channelOf(client(new Recorder()).connect(new DomainSocketAddress(path)));

        assertThat(server.localAddress()).isEqualTo(name);
        assertThat(client.isActive()).isTrue();
        assertThat(client.remoteAddress()).isEqualTo(name);
        assertThat(client.localAddress()).isEqualTo(name);
    }

    @Test
    void aServerAndAClientTakeTheAddressOfTheJdk() {
        SocketAddress address = UnixDomainSocketAddress.of(name.path());
        channelOf(server(new Recorder(), new Recorder()).bind(address));
        NamedPipeChannel client =
                (NamedPipeChannel) channelOf(client(new Recorder()).connect(address, address));

        assertThat(client.isActive()).isTrue();
        assertThat(client.remoteAddress()).isEqualTo(name);
        assertThat(client.localAddress()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"simulated", "/tmp/simulated", "C:\\simulated", ""})
    void thePathOfAFileIsRefused(String path) {
        assertThat(connectTo(new DomainSocketAddress(path)))
                .isInstanceOf(UnsupportedAddressTypeException.class)
                .hasMessageContaining("cannot connect to DomainSocketAddress " + path)
                .hasMessageContaining("\\\\.\\pipe\\orders");
        assertThat(connectTo(UnixDomainSocketAddress.of(path)))
                .isInstanceOf(UnsupportedAddressTypeException.class)
                .hasMessageContaining("NamedPipeAddress.of");
    }

    @Test
    void aNameThatIsInvalidIsRefused() {
        assertThat(connectTo(new DomainSocketAddress("\\\\.\\pipe\\a\\\\b")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not the address of a named pipe");
        assertThat(connectTo(new DomainSocketAddress("\\\\.\\mailslot\\a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must look like");
    }

    @Test
    void anotherComputerNeedsTheSameConsent() {
        assertThat(connectTo(new DomainSocketAddress("\\\\elsewhere\\pipe\\simulated")))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("ALLOW_REMOTE");
        assertThat(kernel.networkCalls()).isEmpty();
    }

    private Throwable connectTo(SocketAddress address) {
        ChannelFuture connect = client(new Recorder()).connect(address);
        channelOf(connect);
        return connect.cause();
    }
}
