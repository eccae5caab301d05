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
package org.namedpipe.netty.iocp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.ManualIoEventLoop;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.namedpipe.netty.internal.win32.Kernel;
import org.namedpipe.netty.internal.win32.NativeMemory;
import org.namedpipe.netty.internal.win32.Win32Constants;
import org.namedpipe.netty.internal.win32.Win32Error;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.Allocations;
import org.namedpipe.netty.testing.Names;
import org.namedpipe.netty.win32.WindowsException;

/** Operations and their counters do not allocate. */
class IocpAllocationIT {
    private static final int LENGTH = 64;

    /** Two ends of a pipe on a loop that the test runs. */
    private static final class Pair implements AutoCloseable {
        private final Kernel kernel = WindowsKernel.instance();
        private final IocpIoHandlerFactory factory = new IocpIoHandlerFactory(kernel, new IocpIoHandlerConfig());
        private final ManualIoEventLoop loop = new ManualIoEventLoop(Thread.currentThread(), factory);
        private final IocpIoHandler handler = factory.handlers().get(0);
        private final IocpRegistration registration = (IocpRegistration) handler.register(new Ignore());
        private final NativeMemory memory = new NativeMemory(LENGTH);
        private final IocpIoOps write = IocpIoOps.newWrite(FakeHandle.IGNORE);
        private final IocpIoOps read = IocpIoOps.newRead(FakeHandle.IGNORE);
        private final long server;
        private final long client;

        Pair() throws WindowsException {
            String path = Names.fresh().path();
            server = kernel.createNamedPipe(
                    path,
                    Win32Constants.PIPE_ACCESS_DUPLEX | Win32Constants.FILE_FLAG_OVERLAPPED,
                    0,
                    1,
                    LENGTH,
                    LENGTH,
                    0,
                    0);
            client = kernel.createFile(
                    path,
                    Win32Constants.GENERIC_READ | Win32Constants.GENERIC_WRITE,
                    Win32Constants.FILE_FLAG_OVERLAPPED);
            assertThat(server).isPositive();
            assertThat(client).isPositive();
            registration.associate(server, path, false);
            registration.associate(client, path, false);
        }

        private void writeSynchronously() {
            require(registration.submit(write.prepare(server, memory.address(), LENGTH)) == 0);
            require(write.error() == Win32Error.ERROR_SUCCESS);
        }

        void writeAndRead() {
            writeSynchronously();
            require(registration.submit(read.prepare(client, memory.address(), LENGTH)) == 0);
            require(read.transferred() == LENGTH);
        }

        void waitToRead() {
            require(registration.submit(read.prepare(client, memory.address(), LENGTH)) != 0);
            writeSynchronously();
            while (read.isPending()) {
                loop.runNow();
            }
            require(read.transferred() == LENGTH);
        }

        @Override
        public void close() {
            kernel.closeHandle(server);
            kernel.closeHandle(client);
            loop.shutdownGracefully(0, 10, TimeUnit.SECONDS);
            while (!loop.isTerminated()) {
                loop.runNow();
            }
        }

        private static void require(boolean holds) {
            if (!holds) {
                throw new AssertionError();
            }
        }
    }

    @Test
    void synchronousOperationsDoNotAllocate() throws Throwable {
        try (Pair pair = new Pair()) {
            Allocations.assertNone(pair::writeAndRead);
            assertThat(pair.handler.counters().completedAsynchronously()).isZero();
        }
    }

    @Test
    void asynchronousOperationsDoNotAllocate() throws Throwable {
        try (Pair pair = new Pair()) {
            Allocations.assertNone(pair::waitToRead);
            IocpCounters counters = pair.handler.counters();
            assertThat(counters.completedAsynchronously()).isEqualTo(counters.completedSynchronously());
            assertThat(counters.bytesRead()).isEqualTo(counters.bytesWritten()).isPositive();
        }
    }

    /** Ignores events: the test checks the operations. */
    private static final class Ignore implements IocpIoHandle {
        @Override
        public void handle(IoRegistration registration, IoEvent event) {}

        @Override
        public void close() {}

        @Override
        public void registered() {}

        @Override
        public void unregistered() {}
    }
}
