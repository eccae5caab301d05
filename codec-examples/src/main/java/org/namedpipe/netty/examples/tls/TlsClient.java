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

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.namedpipe.netty.examples.Conversation;
import org.namedpipe.netty.examples.ConversationHandler;
import org.namedpipe.netty.examples.Endpoint;
import org.namedpipe.netty.examples.EventLoops;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tls client}: sends one line at a time, and exits with 0 if each was answered by the right server. */
@Command(name = "client", description = "Send lines to a server that proves who it is, and wait for the reply to each.")
final class TlsClient implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private Endpoint endpoint = new Endpoint();

    @Mixin
    private Certificates certificates = new Certificates();

    @Option(
            names = "--protocol",
            defaultValue = "echo",
            description = "What to agree on: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private LineProtocol protocol = LineProtocol.ECHO;

    @Option(names = "--anonymous", description = "Show no certificate, and see what happens.")
    private boolean anonymous;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description = "How often to send them all (default: ${DEFAULT-VALUE}).")
    private int repeat = 1;

    @Parameters(paramLabel = "LINE", description = "What to send (default: hello).")
    private List<String> lines = List.of("hello");

    @Override
    public Integer call() throws InterruptedException, SSLException {
        CommandLine command = spec.commandLine();
        SocketAddress address = endpoint.address(command);
        SslContext context = certificates.client(protocol, !anonymous);
        endpoint.endWithParent();

        try (EventLoops loops = new EventLoops(endpoint.transport(), 1)) {
            Promise<Void> done = loops.group().next().newPromise();
            Conversation conversation = new Conversation(lines, repeat, protocol::reply);
            Channel channel = new Bootstrap()
                    .group(loops.group())
                    .channel(endpoint.transport().channel())
                    .handler(new TlsPipeline(
                            context,
                            (agreed, tls) -> {
                                describe(agreed, tls);
                                return new ConversationHandler(conversation, done);
                            },
                            done::tryFailure))
                    .connect(address)
                    .sync()
                    .channel();
            Future<?> progress = channel.eventLoop()
                    .scheduleAtFixedRate(() -> command.getErr().println(conversation), 1, 1, TimeUnit.SECONDS);
            try {
                done.sync();
            } finally {
                progress.cancel(false);
                channel.close().awaitUninterruptibly(); // says goodbye first, so that the end is known to be one
            }
            command.getOut().println(conversation);
        }
        return 0;
    }

    private void describe(LineProtocol agreed, SslHandler tls) {
        String version = tls.engine().getSession().getProtocol();
        String cipher = tls.engine().getSession().getCipherSuite();
        spec.commandLine()
                .getOut()
                .println(version + ", " + cipher + ", server " + TlsServer.nameOfPeer(tls) + ", protocol "
                        + agreed.alpn());
    }
}
