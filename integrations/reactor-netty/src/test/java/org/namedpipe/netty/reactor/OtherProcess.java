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
package org.namedpipe.netty.reactor;

import org.namedpipe.netty.NamedPipeAddress;
import reactor.netty.http.client.HttpClient;

/** The main class of a process that serves, or that reads a stream until it is killed or its input ends. */
final class OtherProcess {
    private OtherProcess() {}

    public static void main(String[] arguments) throws Exception {
        NamedPipeAddress address = NamedPipeAddress.of(arguments[1]);
        NamedPipeLoopResources pipes = NamedPipeLoopResources.create("pipes", 1, true);
        if (arguments[0].equals("server")) {
            new Web().start(pipes, address);
            System.out.println("listening");
        } else {
            pipes.client(HttpClient.create(), address)
                    .get()
                    .uri("/down/1000000")
                    .responseContent()
                    .index((number, chunk) -> number)
                    .filter(number -> number == 0)
                    .subscribe(first -> System.out.println("streaming"));
        }
        while (System.in.read() >= 0) {
            // Waits for the end of the input.
        }
        Runtime.getRuntime().halt(0);
    }
}
