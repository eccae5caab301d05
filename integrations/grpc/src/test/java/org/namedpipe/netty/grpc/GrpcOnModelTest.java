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
package org.namedpipe.netty.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.BindException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.NamedPipePeer.Evidence;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.TestLoops;
import org.namedpipe.netty.testkit.SimulatedKernel;

/** Servers and channels of gRPC on the model; {@link GrpcIT} has the real pipes. */
class GrpcOnModelTest {
    private static final long SECONDS = 600;

    private final NamedPipeAddress name = Names.fresh();
    private final SimulatedKernel kernel = new SimulatedKernel();
    private final TestLoops loops = new TestLoops(kernel);
    private final EventLoopGroup group = loops.group(1);

    @AfterEach
    void close() {
        loops.close();
        kernel.assertAllGone();
    }

    private Server server() {
        return NamedPipeServerBuilder.forAddress(name)
                .eventLoopGroup(group)
                .addService(new Methods().service())
                .build();
    }

    private ManagedChannel channel() {
        return NamedPipeChannelBuilder.forAddress(name).eventLoopGroup(group).build();
    }

    private static String who(ManagedChannel channel) {
        return Methods.text(ClientCalls.blockingUnaryCall(channel, Methods.WHO, CallOptions.DEFAULT, new byte[0]));
    }

    @Test
    void serverSeesTheTokenOfItsClientWhereTheFirstBytesComeLater() throws Exception {
        kernel.scheduler().pendInstead(completion -> true);
        Server server = server().start();
        ManagedChannel channel = channel();

        assertThat(who(channel)).endsWith(" " + Evidence.CLIENT_TOKEN);

        assertThat(channel.shutdown().awaitTermination(SECONDS, TimeUnit.SECONDS))
                .isTrue();
        assertThat(server.shutdown().awaitTermination(SECONDS, TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void nameInUseIsABindException() throws Exception {
        Server first = server().start();

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> server().start())
                .withMessageContaining(name.path())
                .withCauseInstanceOf(BindException.class);

        assertThat(first.shutdown().awaitTermination(SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void failedConnectLeavesNoChannel() throws Exception {
        ManagedChannel channel = channel();

        assertThatExceptionOfType(StatusRuntimeException.class)
                .isThrownBy(() -> who(channel))
                .matches(failure -> failure.getStatus().getCode() == Status.Code.UNAVAILABLE)
                .havingCause()
                .withMessageContaining(name.path());

        Await.until(() -> loops.registrations() == 0);
        assertThat(channel.shutdown().awaitTermination(SECONDS, TimeUnit.SECONDS))
                .isTrue();
    }
}
