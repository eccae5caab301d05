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
 * Passes the warnings that the transport logs to a listener. An exception that the transport catches shows only there. Must be
 * installed before the transport's classes are initialized.
 */
final class TransportWarnings {
    private static final List<String> LOGGING = List.of(
            "org.namedpipe.netty.iocp.CompletionPort",
            "org.namedpipe.netty.iocp.IocpIoHandler",
            "org.namedpipe.netty.iocp.IocpRegistration",
            "org.namedpipe.netty.iocp.EventWait",
            "org.namedpipe.netty.iocp.Wakeup");

    private static @Nullable Consumer<String> listener;

    private TransportWarnings() {}

    /** Initializes the transport's classes with loggers that call the listener. */
    static void install() {
        InternalLoggerFactory before = InternalLoggerFactory.getDefaultFactory();
        InternalLoggerFactory.setDefaultFactory(new Factory());
        try {
            for (String name : LOGGING) {
                Class.forName(name, true, TransportWarnings.class.getClassLoader());
            }
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        } finally {
            InternalLoggerFactory.setDefaultFactory(before);
        }
    }

    /** Sets the listener, or removes it with {@code null}. */
    static void listen(@Nullable Consumer<String> newListener) {
        listener = newListener;
    }

    private static final class Factory extends InternalLoggerFactory {
        @Override
        protected InternalLogger newInstance(String name) {
            return (InternalLogger) Proxy.newProxyInstance(
                    InternalLogger.class.getClassLoader(),
                    new Class<?>[] {InternalLogger.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("warn") || method.getName().equals("error")) {
                            logged(arguments);
                        }
                        return method.getReturnType() == boolean.class ? false : null;
                    });
        }
    }

    private static void logged(Object[] arguments) {
        if (listener != null) {
            StringWriter text = new StringWriter();
            for (Object argument : arguments) {
                if (argument instanceof Throwable thrown) {
                    thrown.printStackTrace(new PrintWriter(text));
                } else {
                    text.append(argument instanceof Object[] array ? Arrays.toString(array) : String.valueOf(argument))
                            .append(' ');
                }
            }
            listener.accept(text.toString());
        }
    }
}
