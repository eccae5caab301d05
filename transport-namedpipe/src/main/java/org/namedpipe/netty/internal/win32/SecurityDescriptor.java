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
package org.namedpipe.netty.internal.win32;

import java.util.concurrent.atomic.AtomicLong;
import org.namedpipe.netty.win32.WindowsException;

/**
 * A security descriptor in native memory, with the text it was made from. Its memory is freed once, by {@link #close()};
 * its creator must not close it while a call that was given its {@link #address()} is running.
 *
 * @see <a href="https://learn.microsoft.com/windows/win32/secauthz/security-descriptor-string-format">Security Descriptor
 *     String Format</a>
 */
public final class SecurityDescriptor implements AutoCloseable {
    private final SecurityKernel kernel;
    private final String sddl;
    private final AtomicLong address;

    private SecurityDescriptor(SecurityKernel kernel, String sddl, long address) {
        this.kernel = kernel;
        this.sddl = sddl;
        this.address = new AtomicLong(address);
    }

    /**
     * Makes a security descriptor from its textual form.
     *
     * @throws IllegalArgumentException if the system does not take {@code sddl}; its message says where the fault is, and
     *     its cause is the {@link WindowsException}
     */
    public static SecurityDescriptor of(SecurityKernel kernel, String sddl) {
        long address = kernel.createSecurityDescriptor(sddl);
        if (Win32Error.isError(address)) {
            WindowsException cause = new WindowsException(
                    "ConvertStringSecurityDescriptorToSecurityDescriptor", sddl, Win32Error.codeOf(address));
            throw new IllegalArgumentException(
                    "not a security descriptor: " + SddlDiagnostics.describe(kernel, sddl) + "; " + cause.getMessage(),
                    cause);
        }
        return new SecurityDescriptor(kernel, sddl, address);
    }

    /**
     * Returns the address of the self-relative descriptor.
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
