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
package org.namedpipe.netty.explorer.mutation;

import static org.namedpipe.netty.explorer.mutation.Instructions.plain;
import static org.namedpipe.netty.explorer.mutation.Mutant.edit;
import static org.namedpipe.netty.explorer.mutation.Rewrite.insteadOf;
import static org.namedpipe.netty.explorer.mutation.Rewrite.result;
import static org.namedpipe.netty.explorer.mutation.Rewrite.resultNull;

import java.util.List;
import org.namedpipe.netty.explorer.mutation.Mutant.Edit;
import org.objectweb.asm.Opcodes;

/** Defects in rules that the explorer does not check, and the test class or test method that must find each. */
@SuppressWarnings("ImmutableEnumChecker") // the list cannot be changed, and edits have no state
enum RuleMutant {
    /** A channel becomes active although no filter has accepted the peer. */
    FILTERS_NOT_ASKED(
            "PeerFilterWritesTest#aFarewellPassesOtherFiltersAndHandlersThatCloseOnFailure",
            edit("PeerHold", "isAccepted", result(true))),

    /** Handlers may write to a peer before the filters have accepted it. */
    WRITES_BEFORE_DECISION("PeerFilterWritesTest", edit("PeerGate", "writesPass", result(true))),

    /** A look-up of the peer that does not complete has no time limit. */
    DECISION_WITHOUT_LIMIT(
            "PeerFilterByTokenTest#aClientThatSendsNothingForItsTokenIsRejected",
            edit("PeerGate", "limitDecision", insteadOf("start", plain(Opcodes.POP2)))),

    /** The pipe of an elevated server has no mandatory label. */
    NO_LABEL(
            "ElevatedServerTest",
            edit("DescriptorComposer", "compose", insteadOf("compareTo", plain(Opcodes.POP2, Opcodes.ICONST_M1)))),

    /** A client connects to another computer without ALLOW_REMOTE. */
    REMOTE_BY_DEFAULT("RemoteConnectTest", edit("RemotePipes", "refusal", resultNull())),

    /** TRUSTED_SERVER accepts a server on another computer. */
    REMOTE_SERVER_TRUSTED("ServerTrustTest", edit("NamedPipeServerTrust", "checkHost", resultNull())),

    /** An access list may let everyone create instances. */
    CONTROL_FOR_EVERYONE("NamedPipeSecurityTest", edit("DescriptorCheck", "isLarge", result(false))),

    /** Names may contain characters that change the direction of text. */
    DECEIVING_NAMES("NamedPipeAddressSafetyTest", edit("internal/win32/PrintableText", "isUnprintable", result(false))),

    /** A server at its limit of instances does not hold the name while all are in use. */
    NAME_NOT_HELD("InstanceLimitTest", edit("PipeInstances", "holdsLimitedName", result(false))),

    /** A server creates instances under a name that belongs to another server. */
    LOST_NAME_JOINED("NameOwnershipTest", edit("PipeInstances", "holdName", result(true)));

    private final String test;
    private final List<Edit> edits;

    RuleMutant(String test, Edit... edits) {
        this.test = test;
        this.edits = List.of(edits);
    }

    /** Returns the name of the test class, followed by {@code #} and the method if there is one. */
    String test() {
        return (Instructions.TRANSPORT + test).replace('/', '.');
    }

    List<Edit> edits() {
        return edits;
    }
}
