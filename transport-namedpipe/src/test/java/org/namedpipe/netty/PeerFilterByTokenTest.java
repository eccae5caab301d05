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

import java.util.List;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.testkit.SimulatedPeer;

/** A peer filter that decides by the client's token reads before it decides, and holds back what was read. */
class PeerFilterByTokenTest extends AbstractPeerFilterTest {
    private final ScriptedFilter byToken = new ScriptedFilter().byToken();

    private void serveMessages() {
        serve(server -> server.option(NamedPipeChannelOption.PIPE_MODE, NamedPipeMode.MESSAGE), byToken);
    }

    private void awaitFilterRemoved() {
        settleUntil(() -> channel().pipeline().get(ScriptedFilter.class) == null);
        settle();
    }

    @Test
    void theFilterIsAskedAfterTheFirstReadAndAfterTheOtherFilters() {
        ScriptedFilter byProcess = new ScriptedFilter();
        serve(byToken, byProcess);
        client();
        awaitAsked(byProcess);
        assertThat(channel().hasRead()).isFalse();

        byProcess.answer.setSuccess(true);
        awaitAsked(byToken);
        assertThat(asked).containsExactly(byProcess, byToken);
        assertThat(channel().hasRead()).isTrue();
        assertThat(seen()).isEmpty();
        byToken.answer.setSuccess(true);
        assertAccepted();
    }

    @Test
    void withoutAutoReadTheBytesWaitForARead() {
        serveWithoutAutoRead(byToken.accepting());
        SimulatedPeer client = client();
        settleUntil(() -> !asked.isEmpty());
        settle();
        assertThat(seen()).containsExactly("active");
        client.write(" again").succeeds();
        settle();
        assertThat(seen()).isEmpty();

        channel().read();
        assertThat(seen()).containsExactly("read hello");
        assertThat(channel().pipeline().get(ScriptedFilter.class)).isNull();
        channel().read();
        settle();
        assertThat(seen()).containsExactly("read  again");
    }

    @Test
    void theBytesOfARejectedPeerAreDropped() {
        serve(byToken);
        SimulatedPeer client = client();
        awaitAsked(byToken).answer.setSuccess(false);

        assertRejected(client);
    }

    @Test
    void aClientThatSendsNothingForItsTokenIsRejected() {
        serve(byToken.accepting());
        SimulatedPeer client = open();
        settle();

        pass(TIME_LIMIT);
        assertRejected(client);
        assertThat(asked).isEmpty();
    }

    @Test
    void noFilterIsAskedAboutAClientThatClosesWithoutSending() {
        serve(byToken.accepting());
        SimulatedPeer client = open();
        settleUntil(() -> channel().pipeline().get(ScriptedFilter.class) != null);
        settle();

        hangUp(client);
        awaitClosed();
        assertThat(seen()).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void allEventsOfTheFirstReadArePassedOnInOrder() {
        serveMessages();
        SimulatedPeer client = open();
        for (String message : List.of("too long a message", "one", "two", "")) {
            client.write(message).succeeds();
        }
        awaitAsked(byToken);
        settle();
        assertThat(seen()).isEmpty();

        byToken.answer.setSuccess(true);
        awaitFilterRemoved();
        assertThat(seen())
                .containsExactly(
                        "active",
                        "caught TooLongFrameException",
                        "read one",
                        "read two",
                        "ChannelInputShutdownEvent",
                        "ChannelInputShutdownReadComplete");
    }

    @Test
    void theFilterIsAskedAboutAClientThatSendsOnlyItsHalfClose() {
        serveMessages();
        SimulatedPeer client = open();
        client.write("").succeeds();
        awaitAsked(byToken).answer.setSuccess(true);

        awaitFilterRemoved();
        assertThat(seen()).containsExactly("active", "ChannelInputShutdownEvent", "ChannelInputShutdownReadComplete");
        hangUp(client);
        settle();
        assertThat(seen()).containsExactly("inactive");
    }

    @Test
    void aClientThatClosesDuringTheDecisionIsStillRead() {
        serve(byToken);
        SimulatedPeer client = client();
        awaitAsked(byToken);
        hangUp(client);
        settle();
        byToken.answer.setSuccess(true);

        awaitClosed();
        assertThat(seen()).containsExactly("active", "read hello", "inactive");
    }
}
