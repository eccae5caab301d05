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

import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import org.namedpipe.netty.NamedPipePeer;
import org.namedpipe.netty.grpc.NamedPipeGrpc;

/** A service that answers one user only. */
final class WhoService extends HealthGrpc.HealthImplBase {
    private final String userSid;

    WhoService(String userSid) {
        this.userSid = userSid;
    }

    @Override
    public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> response) {
        NamedPipePeer client = NamedPipeGrpc.PEER.get();
        if (client.evidence() != NamedPipePeer.Evidence.CLIENT_TOKEN || !userSid.equals(client.userSid())) {
            response.onError(Status.PERMISSION_DENIED
                    .withDescription("not for " + client)
                    .asException());
            return;
        }
        response.onNext(HealthCheckResponse.newBuilder()
                .setStatus(HealthCheckResponse.ServingStatus.SERVING)
                .build());
        response.onCompleted();
    }
}
