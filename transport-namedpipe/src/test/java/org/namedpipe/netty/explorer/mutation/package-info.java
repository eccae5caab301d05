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
 * Proves that the explorer finds what it looks for: plants defects in the transport, each the kind of mistake that is made,
 * and expects every one of them to be found.
 *
 * <p>The transport has no switches for this. A {@link org.namedpipe.netty.explorer.mutation.Mutant} names a few
 * instructions of its class files, which are changed when they are loaded into a class loader of their own.
 */
@NullMarked
package org.namedpipe.netty.explorer.mutation;

import org.jspecify.annotations.NullMarked;
