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
 * What a {@link NamedPipeServerChannel} has done since it was bound, and what it is at, as read at one moment. Numbers only
 * grow, but for {@code listening}, which is a gauge.
 *
 * @param listening instances that wait for a client; the rest of the backlog has clients that wait to be accepted, or could
 *     not be created
 * @param accepted clients that became channels, those that came and went included
 * @param cameAndWent accepted clients that had left before Windows was asked for them ({@code ERROR_NO_DATA})
 * @param acceptFailures how often an instance could not be created, or not listen
 * @param rejected accepted clients that an {@link AbstractNamedPipePeerFilter} has rejected
 */
public record NamedPipeServerCounters(
        long listening, long accepted, long cameAndWent, long acceptFailures, long rejected) {}
