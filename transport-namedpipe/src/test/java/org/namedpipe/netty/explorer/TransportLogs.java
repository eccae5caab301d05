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
package org.namedpipe.netty.explorer;

import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hears the warnings of the transport, which are all that is seen of an exception that is caught inside it. For this, its
 * classes must not have been initialized before.
 */
final class TransportLogs {
    private static final List<String> LOGGING = List.of(
            "org.namedpipe.netty.iocp.CompletionPort",
            "org.namedpipe.netty.iocp.IocpIoHandler",
            "org.namedpipe.netty.iocp.IocpRegistration",
            "org.namedpipe.netty.iocp.EventWait",
            "org.namedpipe.netty.iocp.Wakeup");

    private static @Nullable Consumer<String> listener;

    private TransportLogs() {}

    /** Gives the transport's classes their loggers. */
    static void install() {
        InternalLoggerFactory before = InternalLoggerFactory.getDefaultFactory();
        InternalLoggerFactory.setDefaultFactory(new Recording());
        try {
            for (String name : LOGGING) {
                Class.forName(name, true, TransportLogs.class.getClassLoader());
            }
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        } finally {
            InternalLoggerFactory.setDefaultFactory(before);
        }
    }

    /** Who hears from now on, or {@code null} for nobody. */
    static void listen(@Nullable Consumer<String> newListener) {
        listener = newListener;
    }

    private static final class Recording extends InternalLoggerFactory {
        @Override
        protected InternalLogger newInstance(String name) {
            return (InternalLogger) Proxy.newProxyInstance(
                    InternalLogger.class.getClassLoader(),
                    new Class<?>[] {InternalLogger.class},
                    (proxy, method, given) -> {
                        if (method.getName().equals("warn") || method.getName().equals("error")) {
                            heard(given);
                        }
                        return method.getReturnType() == boolean.class ? false : null;
                    });
        }
    }

    private static void heard(Object[] what) {
        if (listener != null) {
            StringWriter text = new StringWriter();
            for (Object each : what) {
                if (each instanceof Throwable thrown) {
                    thrown.printStackTrace(new PrintWriter(text));
                } else {
                    text.append(each instanceof Object[] more ? Arrays.toString(more) : String.valueOf(each))
                            .append(' ');
                }
            }
            listener.accept(text.toString());
        }
    }
}
