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

import io.netty.channel.IoHandlerFactory;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.namedpipe.netty.internal.win32.Kernel;

/**
 * {@link IoHandlerFactory} that knows the handlers it has made, which an event loop group does not expose: one for each
 * event loop of the groups that were given this factory.
 *
 * <pre>{@code
 * IocpIoHandlerFactory factory = IocpIoHandler.newFactory();
 * EventLoopGroup group = new MultiThreadIoEventLoopGroup(factory);
 * ...
 * factory.counters().bytesRead();
 * }</pre>
 *
 * <p>All methods may be called from any thread.
 */
public final class IocpIoHandlerFactory implements IoHandlerFactory {
    private final Kernel kernel;
    private final long spinNanos;
    private final Set<IocpIoHandler> handlers = new LinkedHashSet<>();
    private IocpSnapshot destroyed = IocpSnapshot.ZERO;

    IocpIoHandlerFactory(Kernel kernel, IocpIoHandlerConfig config) {
        this.kernel = kernel;
        spinNanos = TimeUnit.MICROSECONDS.toNanos(config.getSpinMicros());
    }

    /** Returns for how long a handler spins before it waits. */
    long spinNanos() {
        return spinNanos;
    }

    @Override
    public IocpIoHandler newHandler(ThreadAwareExecutor executor) {
        IocpIoHandler handler = new IocpIoHandler(kernel, executor, this, System::nanoTime);
        try {
            synchronized (this) {
                handlers.add(handler);
            }
        } catch (Throwable t) {
            handler.destroy();
            throw t;
        }
        return handler;
    }

    @Override
    public boolean isChangingThreadSupported() {
        return true;
    }

    /** The handlers that were made and not yet destroyed, oldest first. */
    public synchronized List<IocpIoHandler> handlers() {
        return List.copyOf(handlers);
    }

    /** Returns the sums of the counters of all handlers, including those that are destroyed. */
    public synchronized IocpCounters counters() {
        IocpSnapshot sum = destroyed;
        for (IocpIoHandler handler : handlers) {
            sum = sum.plus(handler.snapshot());
        }
        return sum;
    }

    /** Keeps what a handler has done, and forgets the handler. */
    synchronized void destroyed(IocpIoHandler handler) {
        if (handlers.remove(handler)) {
            destroyed = destroyed.plus(handler.snapshot());
        }
    }
}
