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
package org.namedpipe.netty.report;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.platform.win32.Advapi32Util;
import com.sun.jna.platform.win32.WinReg;
import com.sun.jna.ptr.IntByReference;
import io.netty.util.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.namedpipe.netty.internal.win32.WindowsKernel;
import org.namedpipe.netty.testing.RealWindowsCondition;

/** Collects the facts about machine and versions. No fact contains the name of the machine or of its user. */
final class Machine {
    private static final String WINDOWS = "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";
    private static final int BUILD_BITS = 0xFFFF;

    private Machine() {}

    /**
     * Returns the facts in the order of the report.
     *
     * @param project the folder of the project, from which the commit is read
     */
    static Map<String, String> facts(Path project) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("commit", fact(() -> commit(project)));
        facts.put("system", property("os.name") + ", version " + fact(Machine::ntVersion) + ", " + property("os.arch"));
        facts.put("edition", fact(Machine::edition));
        facts.put("Wine", fact(Machine::wine));
        facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put(
                "elevated",
                fact(() -> WindowsKernel.instance().processTokenInformation().elevated() ? "yes" : "no"));
        facts.put(
                "Java",
                property("java.runtime.version") + ", " + property("java.vm.name") + ", " + property("java.vendor"));
        facts.put(
                "Netty",
                fact(() -> Objects.requireNonNull(Version.identify().get("netty-common"))
                        .artifactVersion()));
        facts.put("JNA", Native.VERSION);
        return facts;
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }

    private static String fact(Callable<String> look) {
        try {
            return look.call();
        } catch (Exception | LinkageError e) {
            return "unknown (" + e.getClass().getSimpleName() + ")";
        }
    }

    /** Returns the version of the kernel, which does not depend on the manifest of the program. */
    private static String ntVersion() {
        IntByReference major = new IntByReference();
        IntByReference minor = new IntByReference();
        IntByReference build = new IntByReference();
        Function.getFunction("ntdll", "RtlGetNtVersionNumbers").invokeVoid(new Object[] {major, minor, build});
        return major.getValue() + "." + minor.getValue() + "." + (build.getValue() & BUILD_BITS) + revision();
    }

    private static String revision() {
        return Advapi32Util.registryValueExists(WinReg.HKEY_LOCAL_MACHINE, WINDOWS, "UBR")
                ? "." + Advapi32Util.registryGetIntValue(WinReg.HKEY_LOCAL_MACHINE, WINDOWS, "UBR")
                : "";
    }

    private static String edition() {
        StringBuilder text = new StringBuilder();
        for (String value : List.of("ProductName", "DisplayVersion", "InstallationType")) {
            if (Advapi32Util.registryValueExists(WinReg.HKEY_LOCAL_MACHINE, WINDOWS, value)) {
                text.append(text.isEmpty() ? "" : ", ")
                        .append(Advapi32Util.registryGetStringValue(WinReg.HKEY_LOCAL_MACHINE, WINDOWS, value));
            }
        }
        return text.toString();
    }

    private static String wine() {
        return RealWindowsCondition.isRealWindows()
                ? "no, this is Windows"
                : NativeLibrary.getInstance("ntdll")
                        .getFunction("wine_get_version")
                        .invokeString(new Object[0], false);
    }

    private static String commit(Path project) throws IOException {
        String head = Files.readString(project.resolve(".git/HEAD")).strip();
        if (!head.startsWith("ref: ")) {
            return head;
        }
        String reference = head.substring("ref: ".length());
        Path loose = project.resolve(".git").resolve(reference);
        if (Files.exists(loose)) {
            return Files.readString(loose).strip();
        }
        Optional<String> packed = Files.readAllLines(project.resolve(".git/packed-refs")).stream()
                .filter(line -> line.endsWith(' ' + reference))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .findFirst();
        return packed.orElse("unknown");
    }
}
