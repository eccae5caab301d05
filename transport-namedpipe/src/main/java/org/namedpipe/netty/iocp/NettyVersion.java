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

import io.netty.util.Version;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Warns once if the Netty of this process is older than 4.2.19, whose outbound buffer miscounts. */
final class NettyVersion {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(NettyVersion.class);
    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})\\D.*");
    private static final int OLDEST_PATCH = 19;

    private NettyVersion() {}

    /** Its initialization warns. */
    private static final class Checked {
        static final boolean OLD = isTooOld(ofTransport());

        static {
            if (OLD) {
                logger.warn(
                        "Netty {} is on the class path; the named pipe transport needs 4.2.19 or newer, see docs/limits.md",
                        ofTransport());
            }
        }
    }

    /** Returns whether the Netty of this process is too old. The first call logs a warning in this case. */
    static boolean warnIfTooOld() {
        return Checked.OLD;
    }

    /** Returns the version that Netty's jar states, or {@code null} for a jar without one, such as a shaded one. */
    private static @Nullable String ofTransport() {
        Version version = Version.identify(NettyVersion.class.getClassLoader()).get("netty-transport");
        return version == null ? null : version.artifactVersion();
    }

    static boolean isTooOld(@Nullable String version) {
        Matcher numbers = NUMBERS.matcher(version == null ? "" : version + '.');
        if (!numbers.matches()) {
            return false;
        }
        int major = Integer.parseInt(numbers.group(1));
        int minor = Integer.parseInt(numbers.group(2));
        int patch = Integer.parseInt(numbers.group(3));
        return major < 4 || (major == 4 && (minor < 2 || (minor == 2 && patch < OLDEST_PATCH)));
    }
}
