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
package example;

import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import org.namedpipe.netty.NamedPipeAddress;
import org.namedpipe.netty.grpc.NamedPipeChannelBuilder;

public final class OrdersClient {
    public static void main(String[] args) {
        ManagedChannel channel = NamedPipeChannelBuilder.forAddress(NamedPipeAddress.of("orders"))
                .build();
        HealthCheckResponse response =
                HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance());
        System.out.println("the server is " + response.getStatus());
        channel.shutdown();
    }
}
