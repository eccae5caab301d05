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
/**
 * Systematic concurrency testing: runs whole client and server pipelines on a simulated kernel, on event loops that one
 * thread steps in an order that a seed determines, and checks invariants.
 *
 * <p>{@code docs/explorer.md} describes how it works, how to replay a seed, how to read a trace, and how to add an action, an
 * invariant or a planted defect.
 *
 * <pre>mvn test -pl transport-namedpipe -Dtest=ExplorerTest -Dexplorer.seed=4711</pre>
 */
@NullMarked
package org.namedpipe.netty.explorer;

import org.jspecify.annotations.NullMarked;
