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
 * A service with more rights than its clients, and a helper that talks to it on behalf of the user at the screen. Windows
 * keeps out whom the access list does not name, the service turns away whom it does not know, and opens files in the name of
 * who asked; the helper makes sure that it is the service it talks to.
 */
@NullMarked
package org.namedpipe.netty.examples.service;

import org.jspecify.annotations.NullMarked;
