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
package org.namedpipe.netty.examples.tls;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.io.PrintWriter;
import java.net.SocketAddress;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.namedpipe.netty.examples.ClientLimit;
import org.namedpipe.netty.examples.Endpoint;
import org.namedpipe.netty.examples.EventLoops;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tls server}: answers only those who have a certificate. */
@Command(name = "server", description = "Answer the lines of clients that prove who they are.")
final class TlsServer implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private Endpoint endpoint = new Endpoint();

    @Mixin
    private ClientLimit limit = new ClientLimit();

    @Mixin
    private Certificates certificates = new Certificates();

    @Override
    public Integer call() throws InterruptedException, SSLException {
        CommandLine command = spec.commandLine();
        SocketAddress address = endpoint.address(command);
        PrintWriter out = command.getOut();
        SslContext context = certificates.server();
        endpoint.endWithParent();

        try (EventLoops loops = new EventLoops(endpoint.transport(), 0)) {
            Channel server = new ServerBootstrap()
                    .group(loops.group())
                    .channel(endpoint.transport().serverChannel())
                    .handler(limit.handler())
                    .childHandler(new TlsPipeline(
                            context,
                            (protocol, tls) -> {
                                out.println("client " + nameOfPeer(tls) + " uses " + protocol.alpn());
                                return new TlsServerHandler(protocol, command.getErr());
                            },
                            cause -> command.getErr().println("connection closed: " + cause)))
                    .bind(address)
                    .sync()
                    .channel();
            endpoint.serve("tls", server, out);
        }
        out.println("tls server stopped");
        return 0;
    }

    static String nameOfPeer(SslHandler tls) {
        try {
            return tls.engine().getSession().getPeerPrincipal().getName();
        } catch (SSLPeerUnverifiedException e) {
            throw new IllegalStateException("the handshake is over and nobody was verified", e);
        }
    }
}
