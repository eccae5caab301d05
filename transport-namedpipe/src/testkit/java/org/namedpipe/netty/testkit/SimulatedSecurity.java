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
package org.namedpipe.netty.testkit;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.TokenInformation;
import org.namedpipe.netty.internal.win32.Win32Error;

/**
 * The processes and accounts of a {@link SimulatedKernel}, and the process and impersonation of each thread. Called with the
 * kernel's lock held, except for the methods about the calling thread.
 */
final class SimulatedSecurity {
    final SimulatedClock clock = new SimulatedClock();
    private final SimulatedProcess self;
    private final Map<Thread, SimulatedProcess> callers = new ConcurrentHashMap<>();
    private final Map<Thread, SimulatedToken> impersonated = new ConcurrentHashMap<>();
    private final Map<Long, Running> processes = new HashMap<>();
    private final Map<String, String> sidOfAccount = new HashMap<>();

    /** A process and its creation time. */
    record Running(SimulatedProcess process, long created) {}

    SimulatedSecurity(SimulatedProcess self) {
        this.self = self;
        add(self);
        sidOfAccount.put("BUILTIN\\Administrators", "S-1-5-32-544");
        sidOfAccount.put("BUILTIN\\Users", "S-1-5-32-545");
    }

    void add(SimulatedProcess process) {
        if (process.computer() == null) {
            processes.putIfAbsent(process.id(), new Running(process, clock.now()));
        }
        sidOfAccount.put(process.userName(), process.userSid());
    }

    /** Removes a process, so that its id becomes invalid. */
    void remove(SimulatedProcess process) {
        processes.remove(process.id());
    }

    SimulatedProcess caller() {
        return callers.getOrDefault(Thread.currentThread(), self);
    }

    /** Sets the process of the calling thread, {@code null} for the default. Returns the previous one. */
    @Nullable
    SimulatedProcess setCaller(@Nullable SimulatedProcess process) {
        return process == null ? callers.remove(Thread.currentThread()) : callers.put(Thread.currentThread(), process);
    }

    /** Returns the process whose rights the calling thread has: the impersonated one, or its own. */
    SimulatedProcess subject() {
        SimulatedToken token = impersonated.get(Thread.currentThread());
        if (token == null) {
            return caller();
        }
        if (token.level() < TokenInformation.IMPERSONATION) {
            throw new SimulatedFailure(Win32Error.ERROR_BAD_IMPERSONATION_LEVEL);
        }
        return token.process();
    }

    Running running(long processId) {
        Running running = processes.get(processId);
        if (running == null) {
            throw new SimulatedFailure(Win32Error.ERROR_INVALID_PARAMETER);
        }
        return running;
    }

    SimulatedToken threadToken() {
        SimulatedToken token = impersonated.get(Thread.currentThread());
        if (token == null) {
            throw new SimulatedFailure(Win32Error.ERROR_NO_TOKEN);
        }
        if (token.level() == TokenInformation.ANONYMOUS) {
            throw new SimulatedFailure(Win32Error.ERROR_CANT_OPEN_ANONYMOUS);
        }
        return token;
    }

    void impersonate(SimulatedPipeEnd server) {
        if (!server.server) {
            throw SimulatedFailure.ofStatus(SimulatedStatus.ILLEGAL_FUNCTION);
        }
        SimulatedPipeEnd client = server.lastPeer();
        if (client == null || !server.opener.wasRead()) {
            throw new SimulatedFailure(Win32Error.ERROR_CANNOT_IMPERSONATE);
        }
        impersonated.put(
                Thread.currentThread(),
                new SimulatedToken(client.opener.process(), client.opener.impersonationLevel()));
    }

    void revert() {
        impersonated.remove(Thread.currentThread());
    }

    boolean isImpersonating() {
        return impersonated.get(Thread.currentThread()) != null;
    }

    String accountName(String sid) {
        return sidOfAccount.entrySet().stream()
                .filter(account -> account.getValue().equals(sid))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new SimulatedFailure(Win32Error.ERROR_NONE_MAPPED));
    }

    String accountSid(String name) {
        return sidOfAccount.entrySet().stream()
                .filter(account ->
                        account.getKey().equals(name) || account.getKey().endsWith('\\' + name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new SimulatedFailure(Win32Error.ERROR_NONE_MAPPED));
    }
}
