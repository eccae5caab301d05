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
 * Mutation tests: plant one defect at a time in the transport, and check that the explorer, or a test of a rule, finds it.
 *
 * <p>The transport has no code for this. A {@link org.namedpipe.netty.explorer.mutation.Mutant} names instructions of class
 * files, which {@link org.namedpipe.netty.explorer.mutation.MutantLoader} changes when it loads the classes.
 */
@NullMarked
package org.namedpipe.netty.explorer.mutation;

import org.jspecify.annotations.NullMarked;
