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
package org.namedpipe.netty.win32;

import static org.assertj.core.api.Assertions.assertThat;
import static org.namedpipe.netty.win32.Win32Constants.PIPE_READMODE_BYTE;
import static org.namedpipe.netty.win32.Win32Constants.PIPE_TYPE_MESSAGE;
import static org.namedpipe.netty.win32.Win32Error.ERROR_BROKEN_PIPE;
import static org.namedpipe.netty.win32.Win32Error.ERROR_IO_PENDING;
import static org.namedpipe.netty.win32.Win32Error.ERROR_MORE_DATA;
import static org.namedpipe.netty.win32.Win32Error.ERROR_PIPE_CONNECTED;
import static org.namedpipe.netty.win32.Win32Error.ERROR_SUCCESS;

import org.junit.jupiter.api.Test;

/** Messages: their boundaries, empty ones, and ones too long for the buffer. */
interface MessageContract extends FixtureUser {

    @Test
    default void aReadTakesOneMessage() {
        PipeFixture.Pair pair = pipes().messages();
        send(pair.server(), "one");
        send(pair.server(), "three");
        assertThat(pipes().readText(pair.client(), 64)).isEqualTo("one");
        assertThat(pipes().readText(pair.client(), 64)).isEqualTo("three");
    }

    @Test
    default void bothEndsReadMessages() {
        PipeFixture.Pair pair = pipes().messages();
        send(pair.client(), "a");
        send(pair.client(), "b");
        assertThat(pipes().readText(pair.server(), 64)).isEqualTo("a");
        assertThat(pipes().readText(pair.server(), 64)).isEqualTo("b");
    }

    @Test
    default void eachPendingReadTakesOneMessage() {
        PipeFixture.Pair pair = pipes().messages();
        Io first = pipes().read(pair.client(), 64).pends();
        Io second = pipes().read(pair.client(), 64).pends();
        pipes().write(pair.server(), "one").succeeds();
        pipes().write(pair.server(), "two").succeeds();
        for (int i = 0; i < 4; i++) {
            pipes().await();
        }
        assertThat(first.text() + '|' + second.text()).isEqualTo("one|two");
    }

    @Test
    default void anEmptyMessageIsAMessage() {
        PipeFixture.Pair pair = pipes().messages();
        Io read = pipes().read(pair.client(), 64).pends();
        pipes().write(pair.server(), "").succeeds();
        pipes().await();
        pipes().await();
        assertThat(read.status()).isEqualTo(Packet.STATUS_SUCCESS);
        assertThat(read.bytes()).isZero();
    }

    @Test
    default void anEmptyMessageKeepsItsPlace() {
        PipeFixture.Pair pair = pipes().messages();
        send(pair.server(), "a");
        send(pair.server(), "");
        send(pair.server(), "b");
        assertThat(pipes().readText(pair.client(), 64)).isEqualTo("a");
        assertThat(pipes().readText(pair.client(), 64)).isEmpty();
        assertThat(pipes().readText(pair.client(), 64)).isEqualTo("b");
    }

    @Test
    default void aMessageLongerThanTheBufferComesInParts() {
        PipeFixture.Pair pair = pipes().messages();
        send(pair.server(), "abcdefg");
        send(pair.server(), "next");
        assertMoreData(pipes().read(pair.client(), 3), "abc");
        assertMoreData(pipes().read(pair.client(), 3), "def");
        assertThat(pipes().readText(pair.client(), 3)).isEqualTo("g");
        assertThat(pipes().readText(pair.client(), 64)).isEqualTo("next");
    }

    @Test
    default void aMessageThatFillsTheBufferIsWhole() {
        PipeFixture.Pair pair = pipes().messages();
        send(pair.server(), "abc");
        assertThat(pipes().readText(pair.client(), 3)).isEqualTo("abc");
    }

    @Test
    default void aMessageLongerThanTheBufferOfAPendingReadEndsItWithAWarning() {
        PipeFixture.Pair pair = pipes().messages();
        Io read = pipes().read(pair.client(), 3).pends();
        pipes().write(pair.server(), "abcde").succeeds();
        pipes().await();
        pipes().await();
        assertThat(read.status()).isEqualTo(Packet.STATUS_BUFFER_OVERFLOW);
        assertThat(read.text()).isEqualTo("abc");
        assertThat(pipes().readText(pair.client(), 64)).isEqualTo("de");
    }

    @Test
    default void anEmptyReadOfAMessageLeavesIt() {
        PipeFixture.Pair pair = pipes().messages();
        send(pair.server(), "abc");
        assertMoreData(pipes().read(pair.client(), 0), "");
        assertThat(pipes().readText(pair.client(), 64)).isEqualTo("abc");
    }

    @Test
    default void aClientReadsBytesUntilItAsksForMessages() {
        PipeFixture.Pair pair = pipes().pair(PipeFixture.MESSAGE, PipeFixture.QUOTA);
        send(pair.server(), "one");
        send(pair.server(), "two");
        assertThat(pipes().readText(pair.client(), 64)).isEqualTo("onetwo");
    }

    @Test
    default void aByteReadMayStopInsideAMessage() {
        PipeFixture.Pair pair = pipes().pair(PIPE_TYPE_MESSAGE | PIPE_READMODE_BYTE, PipeFixture.QUOTA);
        send(pair.server(), "abcde");
        assertThat(pipes().readText(pair.client(), 3)).isEqualTo("abc");
        assertThat(pipes().readText(pair.client(), 3)).isEqualTo("de");
    }

    @Test
    default void messagesLeftByAPeerThatClosedKeepTheirBoundaries() {
        PipeFixture.Pair pair = pipes().messages();
        send(pair.server(), "one");
        send(pair.server(), "two");
        pipes().closeHandle(pair.server());
        assertThat(pipes().readText(pair.client(), 64)).isEqualTo("one");
        assertThat(pipes().readText(pair.client(), 64)).isEqualTo("two");
        pipes().read(pair.client(), 64).returns(ERROR_BROKEN_PIPE);
    }

    @Test
    default void theReadModeOutlivesAClient() {
        PipeFixture.Pair pair = pipes().messages();
        assertThat(k().disconnectNamedPipe(pair.server())).isEqualTo(ERROR_SUCCESS);
        Io connect = pipes().connect(pair.server()).pends();
        long client = pipes().associate(pipes().client(), PipeFixture.CLIENT_KEY);
        pipes().await(connect);
        pipes().connect(pair.server()).returns(ERROR_PIPE_CONNECTED);
        send(client, "one");
        send(client, "two");
        assertThat(pipes().readText(pair.server(), 64)).isEqualTo("one");
    }

    /** Writes a message within the quota. */
    private void send(long handle, String message) {
        pipes().await(pipes().write(handle, message).succeeds());
    }

    /** Windows 8 and later say PENDING where others say MORE_DATA; without skip mode a packet comes either way. */
    private void assertMoreData(Io read, String text) {
        assertThat(read.code()).isIn(ERROR_MORE_DATA, ERROR_IO_PENDING);
        assertThat(pipes().await(read).status()).isEqualTo(Packet.STATUS_BUFFER_OVERFLOW);
        assertThat(read.text()).isEqualTo(text);
    }
}
