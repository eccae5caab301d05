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
import org.namedpipe.netty.internal.win32.SimulatedKernel;

class WrongInputTest extends AbstractWrongInputTest {
    private final SimulatedKernel kernel = new SimulatedKernel();

    /** After the loops have ended, which methods of the superclass see to. */
    @RegisterExtension
    final AfterEachCallback nothingIsLeft = context -> kernel.assertAllGone();

    @Override
    protected Kernel kernel() {
        return kernel;
    }

    // case 25
    @Test
    void bindATakenName() throws Exception {
        bind(8);
        assertThat(bindAgain())
                .isInstanceOf(BindException.class)
                .hasMessageContaining("ERROR_ACCESS_DENIED (5)")
                .hasMessageContaining("taken");
    }

    /** Wine accepts such a name, Windows does not. */
    @Test
    void aNameBehindThatOfAPipeSaysSo() throws Exception {
        NamedPipeAddress behind = NamedPipeAddress.of(bind(8).localAddress() + "\\behind");
        assertThat(server(1).bind(behind).awaitUninterruptibly().cause())
                .isInstanceOf(BindException.class)
                .hasMessageContainingAll("ERROR_INVALID_NAME (123)", "may be the name of another pipe");
        assertThat(client().connect(behind).awaitUninterruptibly().cause())
                .isInstanceOf(NamedPipeConnectException.class)
                .hasMessageContainingAll("ERROR_INVALID_NAME (123)", "may be the name of another pipe");
    }
}
