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
package hello;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.*;
import java.nio.charset.StandardCharsets;
import org.namedpipe.netty.*;
import org.namedpipe.netty.testkit.*;

public class Hello {
    public static void main(String[] args) {
        NamedPipeAddress address = NamedPipeAddress.local("hello");
        try (NamedPipeTestKit kit = new NamedPipeTestKit()) {
            SimulatedPeer server = kit.listen(address);
            Channel channel = new Bootstrap().group(kit.eventLoop()).channel(NamedPipeChannel.class)
                    .handler(new ChannelInboundHandlerAdapter()).connect(address).channel();
            kit.run();
            channel.writeAndFlush(Unpooled.copiedBuffer("hello", StandardCharsets.UTF_8));
            kit.run();
            System.out.println(server.read("hello".length()).text());
            channel.close();
            kit.run();
        }
    }
}
