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

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.BindException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.namedpipe.netty.internal.win32.MemoryFaults;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.testing.WaitThreads;

/** A bind that fails leaves nothing open, and the channel may bind again. */
class BindFailureTest extends OneThread {
    private final Recorder recorder = new Recorder();
    private final Recorder children = new Recorder();

    @ParameterizedTest
    @CsvSource({
        "ProcessTokenInformation, 0",
        "CreateNamedPipe, 0",
        "CreateNamedPipe, 1",
        "ConnectNamedPipe, 0",
        "ConnectNamedPipe, 1",
        "CreateEvent, 0",
        "CreateEvent, 1",
        "RegisterWait, 0",
        "RegisterWait, 1"
    })
    void aBindThatFailsHalfWayLeavesNothingOpen(String call, int successes) {
        WaitThreads.only(kernel);
        kernel.faults().on(call).after(successes).fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        ChannelFuture bind =
                server(recorder, children).option(ChannelOption.SO_BACKLOG, 3).bind(name);
        Channel server = channelOf(bind);
        assertThat(bind.cause()).isInstanceOf(IOException.class).hasMessageContaining("ERROR_NO_SYSTEM_RESOURCES");
        assertThat(server.isOpen()).isFalse();
        assertThat(recorder.take()).containsExactly("registered", "unregistered");
        assertThat(kernel.describeOpenHandles()).noneMatch(handle -> handle.contains("server"));
    }

    @Test
    void aChannelThatCouldNotBindMayBindAgain() {
        Channel server = channelOf(server(recorder, children).register());
        kernel.faults().on("CreateNamedPipe").fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        ChannelFuture failed = server.bind(name);
        settle();
        assertThat(failed.cause()).isInstanceOf(BindException.class);
        assertThat(server.isOpen()).isTrue();
        ChannelFuture bound = server.bind(name);
        settle();
        assertThat(bound.isSuccess()).isTrue();
        open();
        settle();
        assertThat(children.take()).containsExactly("registered", "active");
    }

    @Test
    void aBindWithoutMemoryLeavesNothingOpen() {
        WaitThreads.only(kernel);
        Channel server = channelOf(server(recorder, children).register());
        kernel.faults().before("RegisterWait", () -> {
            throw MemoryFaults.error();
        });
        ChannelFuture failed = server.bind(name);
        settle();
        assertThat(failed.cause()).isInstanceOf(OutOfMemoryError.class);
        assertThat(kernel.describeOpenHandles()).as("only the port").hasSize(1);
        ChannelFuture bound = server.bind(name);
        settle();
        assertThat(bound.isSuccess()).isTrue();
    }
}
