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

/** The reason for which a filter rejects a peer. */
enum PeerRejection {
    /** The filter has decided so. */
    REFUSED,
    /** The decision has failed with an exception. */
    DECISION_FAILED,
    /** The filters have not decided in time, or the client has sent nothing in time for a filter that needs its token. */
    TIMEOUT,
    /** The peer cannot be looked up. */
    UNKNOWN_PEER,
    /** The filter needs the client's token, and the client does not give it away. */
    NO_TOKEN,
    /** The filter was added after the pipe had been read. */
    LATE_FILTER
}
