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
package org.namedpipe.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.util.ReferenceCountUtil;
import java.io.File;
import java.net.InetSocketAddress;
import java.nio.channels.UnsupportedAddressTypeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.namedpipe.netty.testing.Await;
import org.namedpipe.netty.testing.Boot;
import org.namedpipe.netty.testing.ChildJava;
import org.namedpipe.netty.testing.Echo;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.testing.TestLoops;
import org.namedpipe.netty.testkit.SimulatedKernel;

/** Pipes work without {@code jdk.jfr}, which jlink can leave out, and without Netty's classes for Unix. */
class OptionalModulesTest {

    @Test
    void pipesWorkWithoutOptionalModules(@TempDir Path folder) throws Exception {
        Path output = folder.resolve("output");
        List<String> command = ChildJava.command();
        command.addAll(List.of(
                "--limit-modules", "java.se,jdk.unsupported", "-cp", withoutNettyUnix(), Program.class.getName()));
        Process jvm = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(jvm.waitFor(600, TimeUnit.SECONDS)).as("ended").isTrue();
            assertThat(jvm.exitValue()).as(Files.readString(output)).isZero();
            assertThat(Files.readString(output)).contains("all done");
        } finally {
            jvm.destroyForcibly();
        }
    }

    private static String withoutNettyUnix() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("unix-common"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Makes all calls that the transport records. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws Exception {
            assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> Class.forName("jdk.jfr.Event"));
            assertThatExceptionOfType(ClassNotFoundException.class)
                    .isThrownBy(() -> Class.forName("io.netty.channel.unix.DomainSocketAddress"));
            SimulatedKernel kernel = new SimulatedKernel();
            kernel.scheduler().pendInstead(completion -> true);
            try (TestLoops loops = new TestLoops(kernel)) {
                NamedPipeAddress name = Names.fresh();
                EventLoopGroup group = loops.group(1);
                Await.get(Boot.server(group, () -> Echo.INSTANCE).bind(name));
                assertThat(Boot.server(group, () -> Echo.INSTANCE)
                                .bind(new InetSocketAddress(0))
                                .awaitUninterruptibly()
                                .cause())
                        .isInstanceOf(UnsupportedAddressTypeException.class);
                CountDownLatch answered = new CountDownLatch(1);
                Channel client = Await.channel(
                        Boot.client(group, () -> new CountReads(answered)).connect(name));
                client.writeAndFlush(Unpooled.wrappedBuffer(new byte[8]));
                Await.done(answered);
                Await.get(client.close());
            }
            kernel.assertAllGone();
            System.out.println("all done");
        }
    }

    private static final class CountReads extends ChannelInboundHandlerAdapter {
        private final CountDownLatch reads;

        CountReads(CountDownLatch reads) {
            this.reads = reads;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ReferenceCountUtil.release(message);
            reads.countDown();
        }
    }
}
