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
package org.namedpipe.netty.examples.grpc;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.grpc.NamedPipeChannelBuilder;

/**
 * Makes a unary call, reads a stream, and makes a call that exceeds its deadline.
 *
 * <p>Arguments: the name of the pipe, the name to greet, and how many numbers to read.
 */
public final class GrpcClient {

    private GrpcClient() {}

    public static void main(String[] args) throws InterruptedException {
        NamedPipeAddress address = NamedPipeAddress.of(args.length > 0 ? args[0] : GrpcServer.PIPE);
        String name = args.length > 1 ? args[1] : "pipe";
        String last = args.length > 2 ? args[2] : "20000";

        ManagedChannel channel = NamedPipeChannelBuilder.forAddress(address).build();
        try {
            String greeting = ClientCalls.blockingUnaryCall(channel, Methods.GREET, CallOptions.DEFAULT, name);
            System.out.println("unary: " + greeting);

            Iterator<String> numbers =
                    ClientCalls.blockingServerStreamingCall(channel, Methods.COUNT, CallOptions.DEFAULT, last);
            int count = 0;
            while (numbers.hasNext()) {
                numbers.next();
                if (++count % 10_000 == 0) {
                    System.out.println("streaming: " + count + " of " + last + " numbers");
                }
            }

            exceedDeadline(channel);
        } finally {
            channel.shutdown().awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    /** The deadline also ends the call on the server, which sees a cancellation. */
    private static void exceedDeadline(ManagedChannel channel) {
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(300, TimeUnit.MILLISECONDS);
        try {
            ClientCalls.blockingUnaryCall(channel, Methods.WAIT, options, "");
            throw new IllegalStateException("the call ended before its deadline");
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.DEADLINE_EXCEEDED) {
                throw e;
            }
            System.out.println("deadline: " + e.getStatus().getCode());
        }
    }
}
