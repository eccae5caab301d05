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

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCalls;
import java.util.Iterator;
import org.namedpipe.netty.NamedPipeAddress;

/** The main class of a process that serves, or that calls a server until it is killed or its input ends. */
final class OtherProcess {
    private OtherProcess() {}

    public static void main(String[] arguments) throws Exception {
        NamedPipeAddress address = NamedPipeAddress.of(arguments[1]);
        if (arguments[0].equals("server")) {
            NamedPipeServerBuilder.forAddress(address)
                    .addService(new Methods().service())
                    .build()
                    .start();
            System.out.println("listening");
        } else {
            ManagedChannel channel = NamedPipeChannelBuilder.forAddress(address).build();
            System.out.println(Methods.text(
                    ClientCalls.blockingUnaryCall(channel, Methods.WHO, CallOptions.DEFAULT, new byte[0])));
            Iterator<byte[]> chunks = ClientCalls.blockingServerStreamingCall(
                    channel, Methods.DOWN, CallOptions.DEFAULT, Methods.bytes("1000000"));
            chunks.next();
            System.out.println("streaming");
        }
        while (System.in.read() >= 0) {
            // Waits for the end of the input.
        }
        Runtime.getRuntime().halt(0);
    }
}
