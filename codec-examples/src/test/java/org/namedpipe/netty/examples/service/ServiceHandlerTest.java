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
package org.namedpipe.netty.examples.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceHandlerTest {

    private final StringWriter err = new StringWriter();
    private final Promise<String> identity = ImmediateEventExecutor.INSTANCE.newPromise();
    private final Promise<String> file = ImmediateEventExecutor.INSTANCE.newPromise();
    private final EmbeddedChannel channel =
            new EmbeddedChannel(new ServiceHandler(new FakeCaller(), new PrintWriter(err, true)));

    @BeforeEach
    void isGreeted() {
        assertThat(answer()).isEqualTo("at your service");
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void oneThingIsDoneAtATime() {
        channel.writeInbound("whoami", "whoami");
        assertThat(answer()).isEqualTo("refused: one thing at a time");

        identity.setSuccess("somebody");
        assertThat(answer()).isEqualTo("somebody");
        channel.writeInbound("status");
        assertThat(answer()).endsWith(" requests served");
    }

    @Test
    void whatTheCallerMayNotDoIsRefusedAndTheConnectionGoesOn() {
        channel.writeInbound("read secret");
        file.setFailure(new AccessDeniedException("secret"));
        assertThat(answer()).isEqualTo("refused: java.nio.file.AccessDeniedException: secret");

        channel.writeInbound("read \0", "format c:");
        assertThat(answer()).startsWith("refused: ").contains("Nul character");
        assertThat(answer()).isEqualTo("refused: no such request");
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void aBrokenStreamEndsIt() {
        channel.pipeline().fireExceptionCaught(new CorruptedFrameException("cut"));

        assertThat(channel.isOpen()).isFalse();
        assertThat(err.toString()).startsWith("connection closed: ").contains("cut");
    }

    private String answer() {
        String answer = channel.readOutbound();
        assertThat(answer).isNotNull();
        return answer;
    }

    private final class FakeCaller implements Caller {

        @Override
        public Future<?> identity() {
            return identity;
        }

        @Override
        public Future<String> runAs(Callable<String> task) {
            return file;
        }
    }
}
