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

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import io.netty.util.internal.PlatformDependent;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.testing.OneThread;
import org.namedpipe.netty.testing.Recorder;
import org.namedpipe.netty.testkit.OperationKind;
import org.namedpipe.netty.testkit.SimulatedPeer;
import org.namedpipe.netty.win32.WindowsException;

/** The end of the stream, which is not an error, and reads that fail. */
class ReadFailureTest extends OneThread {
    private static final int STATUS_INSUFFICIENT_RESOURCES = 0xC000_009A;

    private final SimulatedPeer peer = listen();
    private final Recorder recorder = new Recorder();

    // ---- the end of the stream

    @Test
    void allBytesAreReadBeforeTheEnd() {
        Channel client = connectWithoutReading(recorder);
        recorder.take();
        peer.write("last words").succeeds();
        hangUp(peer);
        client.config().setAutoRead(true);
        settle();
        assertThat(recorder.take())
                .containsExactly("read last words", "readComplete", "readComplete", "inactive", "unregistered");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPendingReadEndsWhenThePeerClosesOrDisconnects(boolean closes) {
        connectAndTake(recorder);
        if (closes) {
            hangUp(peer);
        } else {
            peer.disconnect();
        }
        settle();
        assertThat(recorder.take()).containsExactly("readComplete", "inactive", "unregistered");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                Win32Error.ERROR_BROKEN_PIPE,
                Win32Error.ERROR_PIPE_NOT_CONNECTED,
                Win32Error.ERROR_NO_DATA,
                Win32Error.ERROR_HANDLE_EOF
            })
    void codesOfTheEndOfTheStreamAreNotErrors(int code) {
        kernel.faults().on("ReadFile").fail(code);
        connect(recorder);
        assertThat(recorder.take()).containsExactly("registered", "active", "readComplete", "inactive", "unregistered");
        assertThat(kernel.calls("ReadFile")).as("no read after the end").isEqualTo(1);
    }

    // ---- errors

    @ParameterizedTest
    @ValueSource(
            ints = {
                Win32Error.ERROR_ACCESS_DENIED,
                Win32Error.ERROR_INVALID_HANDLE,
                Win32Error.ERROR_NOT_ENOUGH_MEMORY,
                Win32Error.ERROR_INVALID_PARAMETER,
                Win32Error.ERROR_OPERATION_ABORTED,
                Win32Error.ERROR_NO_SYSTEM_RESOURCES,
                Win32Error.ERROR_NETNAME_DELETED,
                9999
            })
    void aSynchronousFailureIsFiredAndClosesTheChannel(int code) {
        kernel.faults().on("ReadFile").fail(code);
        connect(recorder);
        assertThat(recorder.take())
                .containsExactly(
                        "registered", "active", "readComplete", "caught WindowsException", "inactive", "unregistered");
        assertThat(recorder.errors()).singleElement().isInstanceOfSatisfying(WindowsException.class, error -> {
            assertThat(error.code()).isEqualTo(code);
            assertThat(error).hasMessage("ReadFile(" + name.path() + ") failed: " + Win32Error.describe(code));
        });
    }

    @Test
    void anAsynchronousFailureIsFiredAndClosesTheChannel() {
        connectAndTake(recorder);
        kernel.faults().end(OperationKind.READ, clientHandle(), STATUS_INSUFFICIENT_RESOURCES);
        settle();
        assertThat(recorder.take())
                .containsExactly("readComplete", "caught WindowsException", "inactive", "unregistered");
        assertThat(recorder.errors().get(0)).hasMessageContaining("ERROR_NO_SYSTEM_RESOURCES (1450)");
    }

    @Test
    void bytesThatWereReadBeforeAnErrorAreDeliveredBeforeIt() {
        connected(client(recorder)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(4).maxMessagesPerRead(16)));
        recorder.take();
        kernel.faults().on("ReadFile").fail(Win32Error.ERROR_NO_SYSTEM_RESOURCES);
        peer.write("1234").succeeds();
        settle();
        assertThat(recorder.take())
                .containsExactly("read 1234", "readComplete", "caught WindowsException", "inactive", "unregistered");
    }

    // ---- allocators

    @ParameterizedTest
    @CsvSource({"'', ''", "1234, 'read 1234, '", "12, 'read 12, readComplete, '"})
    void anOutOfMemoryErrorOfTheAllocatorIsFiredAndClosesTheChannel(String written, String eventsBefore) {
        connectAllocating(new FailingAllocator(written.isEmpty() ? 0 : 1, () -> new OutOfMemoryError("simulated")));
        if (!written.isEmpty()) {
            peer.write(written).succeeds();
            settle();
        }
        assertThat(String.join(", ", recorder.take()))
                .isEqualTo("registered, active, " + eventsBefore
                        + "readComplete, caught OutOfMemoryError, inactive, unregistered");
    }

    @Test
    void anExceptionOfTheAllocatorIsFiredAndReadingGoesOn() {
        connectAllocating(new FailingAllocator(1, () -> new IllegalStateException("simulated")));
        recorder.take();
        peer.write("12345678").succeeds();
        settle();
        assertThat(recorder.take())
                .containsExactly(
                        "read 1234", "readComplete", "caught IllegalStateException", "read 5678", "readComplete");
    }

    private void connectAllocating(RecvByteBufAllocator allocator) {
        connected(client(recorder).option(ChannelOption.RECVBUF_ALLOCATOR, allocator));
    }

    /** Allocates buffers of four bytes, and fails once. */
    private static final class FailingAllocator implements RecvByteBufAllocator {
        private final RecvByteBufAllocator buffers = new FixedRecvByteBufAllocator(4).maxMessagesPerRead(16);
        private final Supplier<Throwable> failure;
        private int untilFailure;

        FailingAllocator(int successes, Supplier<Throwable> failure) {
            this.untilFailure = successes;
            this.failure = failure;
        }

        @Override
        @SuppressWarnings("deprecation") // the only method of the interface
        public Handle newHandle() {
            return new FailingHandle((ExtendedHandle) buffers.newHandle());
        }

        private final class FailingHandle extends DelegatingHandle implements ExtendedHandle {
            private final ExtendedHandle buffers;

            FailingHandle(ExtendedHandle buffers) {
                super(buffers);
                this.buffers = buffers;
            }

            @Override
            public ByteBuf allocate(ByteBufAllocator alloc) {
                if (untilFailure-- == 0) {
                    PlatformDependent.throwException(failure.get());
                }
                return super.allocate(alloc);
            }

            @Override
            public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
                return buffers.continueReading(maybeMoreData);
            }
        }
    }
}
