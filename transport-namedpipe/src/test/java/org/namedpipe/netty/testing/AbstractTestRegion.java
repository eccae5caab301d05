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
package org.namedpipe.netty.testing;

import io.netty.channel.FileRegion;
import io.netty.util.AbstractReferenceCounted;

/** A region without a file, which starts at position 0 and releases nothing. */
public abstract class AbstractTestRegion extends AbstractReferenceCounted implements FileRegion {
    @Override
    public final long position() {
        return 0;
    }

    @Override
    @Deprecated
    public final long transfered() {
        long bytes = transferred();
        return bytes;
    }

    @Override
    public final FileRegion retain() {
        super.retain();
        return this;
    }

    @Override
    public final FileRegion retain(int increment) {
        super.retain(increment);
        return this;
    }

    @Override
    public final FileRegion touch() {
        return this;
    }

    @Override
    public final FileRegion touch(Object hint) {
        return this;
    }

    @Override
    protected final void deallocate() {}
}
