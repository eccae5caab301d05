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
package org.namedpipe.netty.win32;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A security descriptor in native memory, with the text it was made from. Its memory is freed once, by {@link #close()};
 * whoever made it must not close it while a call that was given its {@link #address()} is running.
 *
 * @see <a href="https://learn.microsoft.com/windows/win32/secauthz/security-descriptor-string-format">Security Descriptor
 *     String Format</a>
 */
public final class SecurityDescriptor implements AutoCloseable {
    private final Kernel kernel;
    private final String sddl;
    private final AtomicLong address;

    private SecurityDescriptor(Kernel kernel, String sddl, long address) {
        this.kernel = kernel;
        this.sddl = sddl;
        this.address = new AtomicLong(address);
    }

    /**
     * Makes a security descriptor from its textual form.
     *
     * @throws IllegalArgumentException if the system does not take {@code sddl}; its cause is the {@link Win32Exception}
     */
    public static SecurityDescriptor of(Kernel kernel, String sddl) {
        long address = kernel.createSecurityDescriptor(sddl);
        if (Win32Error.isError(address)) {
            Win32Exception cause = new Win32Exception(
                    "ConvertStringSecurityDescriptorToSecurityDescriptor", sddl, Win32Error.codeOf(address));
            throw new IllegalArgumentException("not a security descriptor: " + cause.getMessage(), cause);
        }
        return new SecurityDescriptor(kernel, sddl, address);
    }

    /**
     * Makes a security descriptor that gives everything on a pipe to the user this process runs as, who also owns it, and
     * nothing to anyone else. Everything includes to create further instances, which a server needs after its first.
     *
     * @throws Win32Exception if the user cannot be told
     */
    public static SecurityDescriptor currentUserOnly(Kernel kernel) throws Win32Exception {
        String user = kernel.currentUserSid();
        // The owner is named because an elevated administrator's objects would belong to all administrators. FA is
        // FILE_ALL_ACCESS; P keeps entries from being inherited.
        return of(kernel, "O:" + user + "D:P(A;;FA;;;" + user + ')');
    }

    /** The text this was made from. */
    public String sddl() {
        return sddl;
    }

    /**
     * Where the self-relative descriptor lies.
     *
     * @throws IllegalStateException if it has been freed
     */
    public long address() {
        long current = address.get();
        if (current == 0) {
            throw new IllegalStateException("closed: " + this);
        }
        return current;
    }

    /** Frees the memory; does nothing the second time. */
    @Override
    public void close() {
        long current = address.getAndSet(0);
        if (current != 0) {
            kernel.freeSecurityDescriptor(current);
        }
    }

    @Override
    public String toString() {
        return "SecurityDescriptor(" + sddl + ')';
    }
}
