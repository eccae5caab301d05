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

import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.SocketAddress;
import java.util.List;
import org.namedpipe.netty.NamedPipeAddress;

/** Resolves every host to one pipe, so that absolute URIs and redirects use the pipe too. */
final class PipeResolver extends AddressResolverGroup<SocketAddress> {
    private final NamedPipeAddress pipe;

    PipeResolver(NamedPipeAddress pipe) {
        this.pipe = pipe;
    }

    @Override
    protected AddressResolver<SocketAddress> newResolver(EventExecutor executor) {
        return new AbstractAddressResolver<>(executor, SocketAddress.class) {
            @Override
            protected boolean doIsResolved(SocketAddress address) {
                return address instanceof NamedPipeAddress;
            }

            @Override
            protected void doResolve(SocketAddress address, Promise<SocketAddress> promise) {
                promise.setSuccess(pipe);
            }

            @Override
            protected void doResolveAll(SocketAddress address, Promise<List<SocketAddress>> promise) {
                promise.setSuccess(List.of(pipe));
            }
        };
    }
}
