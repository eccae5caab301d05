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

import static io.netty.util.internal.ObjectUtil.checkNotNull;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.PrintableText;

/**
 * The address of a Windows named pipe. Immutable, and usable on every operating system: nothing here calls Windows.
 *
 * <pre>{@code
 * NamedPipeAddress orders = NamedPipeAddress.of("orders"); // \\.\pipe\orders
 * NamedPipeAddress docker = NamedPipeAddress.of("npipe:////./pipe/docker_engine");
 * NamedPipeAddress remote = NamedPipeAddress.of("server1", "orders"); // needs ALLOW_REMOTE
 * }</pre>
 *
 * <p>Two addresses are equal if Windows takes them for the same pipe: the spelling they were made from and the case of
 * their letters do not matter. The case is kept for display.
 *
 * @see <a href="https://learn.microsoft.com/windows/win32/ipc/pipe-names">Pipe Names</a>
 */
public final class NamedPipeAddress extends SocketAddress {

    private static final long serialVersionUID = -2310561173206527354L;

    /** The longest path, in {@code char}s, that Windows promises to accept. */
    private static final int MAX_PATH_LENGTH = 256;

    private static final String LOCAL_HOST = PipeNameRules.LOCAL_HOST;
    private static final String SCHEME = "npipe:";
    private static final String ROOT = "\\\\";
    private static final String PIPE = "\\pipe\\";

    private final String host;
    private final String name;

    private NamedPipeAddress(String host, String name) {
        this.host = host;
        this.name = name;
    }

    /**
     * Returns the address that a text names. A slash counts as a backslash, as it does for Windows. The accepted forms are
     *
     * <ul>
     *   <li>a plain name, {@code orders} or {@code sql\query}, for a pipe of this computer;
     *   <li>a path, {@code \\.\pipe\orders}, {@code \\?\pipe\orders} or {@code //./pipe/orders}, or
     *       {@code \\host\pipe\orders} for a pipe of another computer;
     *   <li>a URL as Docker writes it, {@code npipe:////./pipe/orders} or {@code npipe://./pipe/orders}.
     * </ul>
     *
     * A name is everything after {@code \pipe\}. Backslashes divide it into parts. No part may be empty or end with a dot or
     * a space, and a name must not contain control characters, format characters (U+202E) or line separators. Two prefixes
     * mean something to Windows: {@code LOCAL\} (the pipes of an app container) and {@code ProtectedPrefix\} (pipes that only
     * the privileged may create). While there is a pipe {@code sql}, Windows refuses {@code sql\query} with
     * {@code ERROR_INVALID_NAME}.
     *
     * <p>The address of a remote pipe does not connect by itself: {@link NamedPipeChannelOption#ALLOW_REMOTE}. For text from
     * a configuration that must not name another computer use {@link #local}.
     *
     * @throws IllegalArgumentException if {@code address} cannot be the address of a pipe; the message says why
     */
    public static NamedPipeAddress of(String address) {
        String text = checkNotNull(address, "address").replace('/', '\\');
        if (startsWithIgnoreCase(text, 0, SCHEME)) {
            text = text.substring(SCHEME.length());
            if (!text.startsWith(ROOT)) {
                throw invalid(address, "npipe: must be followed by //./pipe/ and a name");
            }
            // npipe:////./pipe/x keeps the two slashes of the path, npipe://./pipe/x has only those of a URL.
            if (text.startsWith(ROOT, ROOT.length())) {
                text = text.substring(ROOT.length());
            }
        }
        if (text.startsWith(ROOT)) {
            return parsePath(address, text);
        }
        return checked(address, LOCAL_HOST, text, PipeNameRules.problemOfPlainName(text));
    }

    /**
     * Returns the address of a pipe of this computer. Takes the forms of {@link #of(String)} but those that name a host.
     *
     * @param address a name, or the path of a local pipe
     * @throws IllegalArgumentException if {@code address} names another computer, or cannot be the address of a pipe; the
     *     message says why
     */
    public static NamedPipeAddress local(String address) {
        NamedPipeAddress parsed = of(address);
        if (!parsed.isLocal()) {
            throw invalid(
                    address, "it names the computer '" + parsed.host + "', and only pipes of this one are accepted");
        }
        return parsed;
    }

    /**
     * Returns the address of a pipe of another computer, or of this one if {@code host} is {@code "."}.
     *
     * @param host the name or the IPv4 address of a computer
     * @param name the name of the pipe, without a path
     * @throws IllegalArgumentException if there can be no such host or no such pipe; the message says why
     */
    public static NamedPipeAddress of(String host, String name) {
        checkNotNull(host, "host");
        String plain = checkNotNull(name, "name").replace('/', '\\');
        return checked(path(host, plain), host, plain, PipeNameRules.problemOfName(plain));
    }

    private static NamedPipeAddress parsePath(String address, String path) {
        int endOfHost = path.indexOf('\\', ROOT.length());
        if (endOfHost < 0 || !startsWithIgnoreCase(path + '\\', endOfHost, PIPE)) {
            throw invalid(address, "a path must look like \\\\.\\pipe\\name");
        }
        String host = path.substring(ROOT.length(), endOfHost);
        String name = path.substring(Math.min(endOfHost + PIPE.length(), path.length()));
        return checked(address, host.equals("?") ? LOCAL_HOST : host, name, PipeNameRules.problemOfName(name));
    }

    private static NamedPipeAddress checked(String address, String host, String name, @Nullable String problemOfName) {
        String problem = PipeNameRules.problemOfHost(host);
        if (problem == null) {
            problem = problemOfName;
        }
        if (problem == null && path(host, name).length() > MAX_PATH_LENGTH) {
            problem = "the path is " + path(host, name).length() + " characters long, and Windows takes at most "
                    + MAX_PATH_LENGTH;
        }
        if (problem != null) {
            throw invalid(address, problem);
        }
        return new NamedPipeAddress(host, name);
    }

    private static IllegalArgumentException invalid(String address, String problem) {
        return new IllegalArgumentException(
                "not the address of a named pipe: '" + PrintableText.of(address) + "': " + problem);
    }

    private static String path(String host, String name) {
        return ROOT + host + PIPE + name;
    }

    /** The name of the pipe, without its path, in the case it was given in. */
    public String name() {
        return name;
    }

    /** The computer the pipe belongs to, {@code "."} being this one. */
    public String host() {
        return host;
    }

    /**
     * Returns whether the address is that of a pipe on this computer. {@code \\localhost\pipe\x} and
     * {@code \\127.0.0.1\pipe\x} do not: Windows goes through its network redirector for them, logs on with the credentials
     * of the process, and the server sees a remote client.
     */
    public boolean isLocal() {
        return host.equals(LOCAL_HOST);
    }

    /** The path that Windows knows the pipe by, {@code \\.\pipe\name} or {@code \\host\pipe\name}. */
    public String path() {
        return path(host, name);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NamedPipeAddress that
                && sameIgnoringCase(name, that.name)
                && sameIgnoringCase(host, that.host);
    }

    @Override
    public int hashCode() {
        return 31 * hashIgnoringCase(host) + hashIgnoringCase(name);
    }

    /** The same as {@link #path()}. */
    @Override
    public String toString() {
        return path();
    }

    private Object readResolve() {
        return of(host, name);
    }

    private static boolean startsWithIgnoreCase(String text, int offset, String prefix) {
        return text.regionMatches(true, offset, prefix, 0, prefix.length());
    }

    private static boolean sameIgnoringCase(String a, String b) {
        if (a.length() != b.length()) {
            return false;
        }
        for (int i = 0; i < a.length(); i++) {
            if (upcase(a.charAt(i)) != upcase(b.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static int hashIgnoringCase(String text) {
        int hash = 0;
        for (int i = 0; i < text.length(); i++) {
            hash = 31 * hash + upcase(text.charAt(i));
        }
        return hash;
    }

    /**
     * As the kernel does it: one {@code char} at a time, no locale, and no letter that does not come back from its upper
     * case ({@code U+0131}, the dotless i, stays what it is).
     */
    private static char upcase(char c) {
        char upper = Character.toUpperCase(c);
        return Character.toLowerCase(upper) == c ? upper : c;
    }
}
