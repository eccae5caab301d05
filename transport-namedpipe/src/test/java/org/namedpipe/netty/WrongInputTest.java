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

import java.net.BindException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testkit.SimulatedKernel;

class WrongInputTest extends AbstractWrongInputTest {
    private final SimulatedKernel kernel = new SimulatedKernel();

    /** Runs after the superclass has ended the loops. */
    @RegisterExtension
    final AfterEachCallback nothingIsLeft = context -> kernel.assertAllGone();

    @Override
    protected Kernel kernel() {
        return kernel;
    }

    /** Windows refuses such a name, Wine accepts it. */
    @Test
    void aNameBehindThatOfAPipeFailsWithAHint() throws Exception {
        NamedPipeAddress behind = NamedPipeAddress.of(bind(8).localAddress() + "\\behind");
        String[] hint = {"ERROR_INVALID_NAME (123)", "may be the name of another pipe"};
        assertThat(Await.failure(server(1).bind(behind)))
                .isInstanceOf(BindException.class)
                .hasMessageContainingAll(hint);
        assertThat(Await.failure(client().connect(behind)))
                .isInstanceOf(NamedPipeConnectException.class)
                .hasMessageContainingAll(hint);
    }
}
