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

/**
 * Counters of a {@link NamedPipeServerChannel} since it was bound, read at one moment. All numbers only grow, except
 * {@link #listening()}, which is a gauge.
 *
 * <p>Later releases may add counters.
 */
public sealed interface NamedPipeServerCounters permits ServerSnapshot {
    /**
     * Returns the number of instances that wait for a client. The other instances of the backlog have clients that wait to be
     * accepted, or could not be created.
     */
    long listening();

    /** Returns the number of clients that became channels, including aborted accepts. */
    long accepted();

    /** Returns the number of accepted clients that had disconnected before the accept ({@code ERROR_NO_DATA}). */
    long abortedAccepts();

    /** Returns how often an instance could not be created, or could not listen. */
    long acceptFailures();

    /** Returns the number of accepted clients that an {@link AbstractNamedPipePeerFilter} rejected. */
    long rejected();
}
