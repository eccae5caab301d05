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
package org.namedpipe.netty.examples.relay;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.namedpipe.netty.examples.ClientLimit;
import org.namedpipe.netty.examples.Parent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code relay start}: relays until Ctrl+C or until enough connections have been relayed. */
@Command(name = "start", description = "Listen at the start of each route, and pass each connection on to its end.")
final class RelayStart implements Callable<Integer> {

    /** What the lines start with that say where a route begins. */
    static final String READY = "relay ready on ";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--route",
            required = true,
            paramLabel = "FROM=TO",
            converter = Route.Converter.class,
            description = "Each is pipe:NAME or tcp:HOST:PORT. May be repeated.")
    private List<Route> routes = new ArrayList<>();

    @Option(
            names = {"-N", "--half-close"},
            description = "When one direction of a connection ends, end it at the other side too and go on with the"
                    + " other direction, instead of closing both. Pipes then carry messages, an empty one of which is"
                    + " the end; so must those that are connected to.")
    private boolean halfClose;

    @Mixin
    private ClientLimit limit = new ClientLimit();

    @Mixin
    private Parent parent = new Parent();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        parent.endWithParent();

        List<Channel> servers = new ArrayList<>();
        Runnable gone = limit.whenGone(() -> servers.forEach(Channel::close));
        try (TransportLoops loops = new TransportLoops()) {
            for (Route route : routes) {
                ServerBootstrap bootstrap = new ServerBootstrap();
                Channel server = (halfClose ? route.from().transport().halfClosable(bootstrap) : bootstrap)
                        .group(loops.group(route.from().transport()))
                        .channel(route.from().transport().serverChannel())
                        .childOption(ChannelOption.AUTO_READ, false)
                        .childHandler(new Dialer(route.to(), loops, halfClose, out, gone))
                        .bind(route.from().address())
                        .sync()
                        .channel();
                servers.add(server);
            }
            for (int i = 0; i < servers.size(); i++) {
                RelayEnd bound = new RelayEnd(
                        routes.get(i).from().transport(), servers.get(i).localAddress());
                out.println(READY + bound + " to " + routes.get(i).to());
            }
            try {
                for (Channel server : servers) {
                    server.closeFuture().sync();
                }
            } finally {
                servers.forEach(server -> server.close().awaitUninterruptibly());
            }
        }
        out.println("relay stopped");
        return 0;
    }
}
