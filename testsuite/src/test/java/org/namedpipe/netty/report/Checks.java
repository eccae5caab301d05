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

import java.util.List;

/** The checks in the order in which they run: first those whose outcome is least certain. */
final class Checks {
    private Checks() {}

    /** Returns all checks. The sum of their limits is the maximum duration of a report. */
    static List<Check> all() {
        return List.of(
                Check.of(
                                "State of a pipe whose handle is on a completion port",
                                45,
                                Part.contract("StateContract"),
                                Part.contract("QueryContract"),
                                Part.of("testkit.WindowsKernelIT", "asksForWhatIsThereWithoutTakingAnything"))
                        .withTestLimit(10),
                Check.of("Identity of a client in another process", 60, Part.of("TwoProcessesIT")),
                Check.of(
                        "Servers with explicit descriptors, and many instances",
                        60,
                        Part.of("AcceptIT"),
                        Part.of("SecuredServerIT"),
                        Part.of("NameOwnershipIT", "eightInstancesTakeTheDescriptor")),
                Check.of(
                        "The name of a pipe after its server is closed",
                        45,
                        Part.of("NameOwnershipIT"),
                        Part.of("RealWindowsSecurityIT", "acceptedChannelsHoldTheNameOfAnEarlierServer"),
                        Part.contract("aNameEndsWithItsLastServerEndWhileAClientIsOpen")),
                Check.of(
                                "Events and completion ports, 1,000 times",
                                60,
                                Part.contract("EventContract").repeated(1_000, 20),
                                Part.contract("WaitPacketContract"),
                                Part.contract("TimerContract"),
                                Part.of("iocp.PacketWatchIT"),
                                Part.of("iocp.NearTimerIT"))
                        .withTestLimit(20)
                        .withoutLeakSearch(),
                Check.of(
                                "Messages around the size of the read buffer",
                                45,
                                Part.contract("MessageContract"),
                                Part.both("MessageMode"))
                        .withTestLimit(20),
                Check.of("Draining and lingering", 45, Part.both("DrainAndLinger"))
                        .withTestLimit(20),
                Check.of(
                                "One packet for each operation: 10,000 random sequences, and late packets",
                                60,
                                Part.of("report.RandomOperations", "nextSeedYieldsOnePacketForEachOperation")
                                        .repeated(10_000, 20),
                                Part.contract("BookkeepingContract"),
                                Part.contract("CancelContract"))
                        .withTestLimit(20)
                        .withoutLeakSearch(),
                Check.of("Security that only Windows enforces", 60, Part.of("RealWindowsSecurityIT"))
                        .withTestLimit(20),
                Check.of(
                        "Memory and handles: slow readers, many connections",
                        120,
                        Part.of("SlowReadersIT"),
                        Part.of("ManyConnectionsIT"),
                        Part.of("ConnectCloseCyclesIT")),
                Check.of("The whole contract of the kernel", 120, Part.contract(""))
                        .withTestLimit(20),
                Check.of("Short benchmark", 60, Part.of("report.ShortBenchmark"))
                        .withoutLeakSearch());
    }
}
