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
package org.namedpipe.netty.testsuite.foreign;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageCodec;
import io.netty.handler.codec.CorruptedFrameException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Encodes and decodes JSON objects with a {@code Content-Length} header, as language servers do. */
final class JsonRpcCodec extends ByteToMessageCodec<JsonObject> {
    private static final int MAX_HEAD = 200;
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final Pattern LENGTH = Pattern.compile("(?m)^content-length: (\\d+)$");

    @Override
    protected void encode(ChannelHandlerContext ctx, JsonObject message, ByteBuf out) {
        byte[] body = message.encode().getBytes(UTF_8);
        out.writeCharSequence("Content-Length: " + body.length + END_OF_HEAD, US_ASCII);
        out.writeBytes(body);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        String start = in.toString(in.readerIndex(), Math.min(MAX_HEAD, in.readableBytes()), US_ASCII);
        int head = start.indexOf(END_OF_HEAD);
        if (head < 0) {
            if (start.length() == MAX_HEAD) {
                throw new CorruptedFrameException("the header is longer than " + MAX_HEAD + " bytes: " + start);
            }
            return;
        }
        Matcher length = LENGTH.matcher(start.substring(0, head).toLowerCase(Locale.ROOT));
        if (!length.find()) {
            throw new CorruptedFrameException("the header has no Content-Length: " + start);
        }
        int size = Integer.parseInt(length.group(1));
        int skip = head + END_OF_HEAD.length();
        if (in.readableBytes() >= skip + size) {
            in.skipBytes(skip);
            out.add(new JsonObject(in.readCharSequence(size, UTF_8).toString()));
        }
    }
}
