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
package org.namedpipe.netty.examples.echo;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.SocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.examples.Endpoint;
import org.namedpipe.netty.examples.EventLoops;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code echo client}: exits with 0 only if every byte of every frame came back as it was sent. */
@Command(name = "client", description = "Send frames, check what comes back, and measure how long it took.")
final class EchoClient implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private Endpoint endpoint = new Endpoint();

    @Mixin
    private Load load = new Load();

    @Override
    public Integer call() throws InterruptedException {
        CommandLine command = spec.commandLine();
        load.check(command);
        SocketAddress address = endpoint.address(command);
        endpoint.endWithParent();

        try (EventLoops loops = new EventLoops(endpoint.transport(), 1)) {
            Report report = new Report();
            Promise<Void> done = loops.group().next().newPromise();
            Channel channel = new Bootstrap()
                    .group(loops.group())
                    .channel(endpoint.transport().channel())
                    .handler(new FramePipeline(load.maxSize, () -> new EchoClientHandler(load, report, done)))
                    .connect(address)
                    .sync()
                    .channel();
            Future<?> progress = channel.eventLoop()
                    .scheduleAtFixedRate(
                            () -> report.printProgress(command.getErr(), load.count), 1, 1, TimeUnit.SECONDS);
            done.sync();
            progress.cancel(false);
            channel.close().sync();
            report.printSummary(command.getOut());
        }
        return 0;
    }
}
