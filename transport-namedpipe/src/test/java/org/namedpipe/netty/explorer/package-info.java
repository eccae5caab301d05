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
 * Explores orders of events instead of sampling them: whole client and server pipelines on a simulated kernel, on event
 * loops that one thread drives in small steps, in an order that a seed decides.
 *
 * <p>Each seed is one {@link org.namedpipe.netty.explorer.Scenario}. To reproduce a failure, give its seed:
 *
 * <pre>mvn test -pl transport-namedpipe -Dtest=ExplorerTest -Dexplorer.seed=4711</pre>
 *
 * which prints everything that happens, in order. A seed stands for the same scenario only as long as neither the explorer
 * nor the transport changes, so what it finds is repeated by a short test in {@code FoundByExplorationTest}. To explore
 * more, give a number of runs, and where to begin:
 *
 * <pre>mvn test -pl transport-namedpipe -Dtest=ExplorerTest -Dexplorer.runs=1000000 -Dexplorer.first=5000000</pre>
 */
@NullMarked
package org.namedpipe.netty.explorer;

import org.jspecify.annotations.NullMarked;
