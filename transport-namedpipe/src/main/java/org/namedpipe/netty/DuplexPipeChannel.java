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

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import org.jspecify.annotations.Nullable;

/**
 * The half close of a {@link NamedPipeChannel}. It needs {@linkplain NamedPipeMode#MESSAGE message mode} and
 * {@link ChannelOption#ALLOW_HALF_CLOSURE}; without them the futures fail with {@link UnsupportedOperationException}.
 */
abstract class DuplexPipeChannel extends AbstractNamedPipeChannel implements DuplexChannel {

    DuplexPipeChannel(@Nullable Channel parent, State state) {
        super(parent, state);
    }

    abstract PipeShutdown halves();

    @Override
    public final boolean isInputShutdown() {
        return halves().isInputShutdown();
    }

    /** Reads no more. */
    @Override
    public final ChannelFuture shutdownInput() {
        return shutdownInput(newPromise());
    }

    @Override
    public final ChannelFuture shutdownInput(ChannelPromise promise) {
        return halves().shutdownInput(promise);
    }

    @Override
    public final boolean isOutputShutdown() {
        return halves().isOutputShutdown();
    }

    /** Sends an empty message after all that was written before, and takes no further writes. */
    @Override
    public final ChannelFuture shutdownOutput() {
        return shutdownOutput(newPromise());
    }

    @Override
    public final ChannelFuture shutdownOutput(ChannelPromise promise) {
        return halves().shutdownOutput(promise);
    }

    @Override
    public final boolean isShutdown() {
        return isInputShutdown() && isOutputShutdown();
    }

    @Override
    public final ChannelFuture shutdown() {
        return shutdown(newPromise());
    }

    @Override
    public final ChannelFuture shutdown(ChannelPromise promise) {
        return halves().shutdown(promise);
    }
}
