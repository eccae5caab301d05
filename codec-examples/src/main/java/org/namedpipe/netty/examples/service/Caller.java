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

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.concurrent.Callable;
import org.namedpipe.netty.NamedPipeChannel;

/** Who is at the other end, and what can be done in his name. */
interface Caller {

    /** Who it is, as far as Windows tells. */
    Future<?> identity();

    /** Does something with the rights of the caller, if he allows it. */
    Future<String> runAs(Callable<String> task);

    static Caller of(Channel channel) {
        NamedPipeChannel pipe = (NamedPipeChannel) channel;
        return new Caller() {
            @Override
            public Future<?> identity() {
                return pipe.peer();
            }

            @Override
            public Future<String> runAs(Callable<String> task) {
                return pipe.runAsClient(task);
            }
        };
    }
}
