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
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.namedpipe.netty.TwoSimulatedProcesses.ALICE;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.ConnectException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testkit.SimulatedKernel;
import org.namedpipe.netty.win32.WindowsException;

/** The checks of {@code TRUSTED_SERVER}, by a client of Alice and a server of another user. */
class ServerTrustTest {
    private final TwoSimulatedProcesses two = new TwoSimulatedProcesses(ALICE);
    private final AtomicInteger active = new AtomicInteger();

    @BeforeEach
    void bind() throws Exception {
        Await.get(two.server()
                .option(NamedPipeChannelOption.SECURITY, NamedPipeSecurity.everyone())
                .bind(two.name));
    }

    @AfterEach
    void close() {
        two.close();
    }

    private ChannelFuture connect(NamedPipeServerTrust trust) {
        return two.client(CountActive::new)
                .option(NamedPipeChannelOption.TRUSTED_SERVER, trust)
                .connect(two.name)
                .awaitUninterruptibly();
    }

    private void assertRefused(ChannelFuture connect, String... why) {
        assertThat(connect.cause())
                .isInstanceOf(NamedPipeUntrustedServerException.class)
                .isInstanceOf(ConnectException.class)
                .hasMessageContainingAll(why);
        assertThat(connect.channel().closeFuture().awaitUninterruptibly(20, TimeUnit.SECONDS))
                .isTrue();
        assertThat(active).hasValue(0);
        assertThat(two.kernel.calls("WriteFile")).isZero();
    }

    @Test
    void byDefaultNoServerIsChecked() throws Exception {
        Await.get(two.client(CountActive::new).connect(two.name));

        assertThat(two.kernel.calls("OwnerSid")).isZero();
        assertThat(two.kernel.calls("GetNamedPipeServerProcessId")).isZero();
    }

    @Test
    void aServerWithTheGivenOwnerOrProcessIsTrusted() throws Exception {
        Await.get(connect(NamedPipeServerTrust.owner(SimulatedKernel.USER_SID)));
        Await.get(connect(NamedPipeServerTrust.process(SimulatedKernel.SELF.id())));
    }

    @Test
    void aServerWithAnotherOwnerIsRefused() {
        assertRefused(connect(NamedPipeServerTrust.owner("S-1-5-18")), "expected: S-1-5-18");
    }

    @Test
    void aServerWithAnotherProcessIsRefused() {
        assertRefused(connect(NamedPipeServerTrust.process(7)), "its process is 1000 (expected: 7)");
    }

    @Test
    void aServerOfAnotherUserIsRefusedByCurrentUser() {
        assertRefused(connect(NamedPipeServerTrust.currentUser()), SimulatedKernel.USER_SID, ALICE.userSid(), "owner");
    }

    @Test
    void aServerThatCannotBeCheckedIsRefused() {
        two.kernel.faults().on("OwnerSid").fail(Win32Error.ERROR_ACCESS_DENIED);
        ChannelFuture connect = connect(NamedPipeServerTrust.owner(SimulatedKernel.USER_SID));

        assertRefused(connect, "cannot be checked", "ERROR_ACCESS_DENIED (5)");
        assertThat(connect.cause()).hasCauseInstanceOf(WindowsException.class);
    }

    static Stream<NamedPipeServerTrust> checks() {
        return Stream.of(
                NamedPipeServerTrust.currentUser(),
                NamedPipeServerTrust.owner(SimulatedKernel.USER_SID),
                NamedPipeServerTrust.process(SimulatedKernel.SELF.id()));
    }

    @ParameterizedTest
    @MethodSource("checks")
    void allChecksRefuseAServerOnAnotherComputer(NamedPipeServerTrust trust) {
        two.kernel.addHost("far");
        NamedPipeAddress far = NamedPipeAddress.of("far", two.name.name());

        ChannelFuture connect = connectRemotely(far, trust);

        assertRefused(
                connect, "another computer", "can claim any owner", trust.toString(), "NamedPipeServerTrust.any()");
        assertThat(two.kernel.opens(far.path())).isEmpty();
    }

    @Test
    void withoutACheckAServerOnAnotherComputerIsTrusted() throws Exception {
        two.kernel.addHost("far");

        Await.get(connectRemotely(NamedPipeAddress.of("far", two.name.name()), NamedPipeServerTrust.any()));
    }

    private ChannelFuture connectRemotely(NamedPipeAddress server, NamedPipeServerTrust trust) {
        return two.client(CountActive::new)
                .option(NamedPipeChannelOption.ALLOW_REMOTE, true)
                .option(NamedPipeChannelOption.TRUSTED_SERVER, trust)
                .connect(server)
                .awaitUninterruptibly();
    }

    @Test
    void invalidValuesAreRefused() {
        assertThatThrownBy(() -> NamedPipeServerTrust.owner("Administrators"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sid: 'Administrators' (expected: S-1-...)");
        assertThatThrownBy(() -> NamedPipeServerTrust.process(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("processId");
    }

    @Test
    void checksAreValues() {
        assertThat(NamedPipeServerTrust.owner("s-1-5-18"))
                .isEqualTo(NamedPipeServerTrust.owner("S-1-5-18"))
                .hasSameHashCodeAs(NamedPipeServerTrust.owner("S-1-5-18"))
                .isNotEqualTo(NamedPipeServerTrust.owner("S-1-5-19"))
                .isNotEqualTo(NamedPipeServerTrust.any())
                .hasToString("NamedPipeServerTrust(owner S-1-5-18)");
        assertThat(NamedPipeServerTrust.process(7))
                .isNotEqualTo(NamedPipeServerTrust.process(8))
                .hasToString("NamedPipeServerTrust(process 7)");
    }

    private final class CountActive extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            active.incrementAndGet();
            ctx.fireChannelActive();
        }
    }
}
