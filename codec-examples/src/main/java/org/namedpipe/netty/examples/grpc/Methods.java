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
package org.namedpipe.netty.examples.grpc;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The methods of the service. Their messages are UTF-8. */
final class Methods {

    static final String SERVICE = "examples.Texts";

    /** Answers with a greeting. */
    static final MethodDescriptor<String, String> GREET = method("Greet", MethodType.UNARY);
    /** Answers with the numbers from 1 to the one that it is given. */
    static final MethodDescriptor<String, String> COUNT = method("Count", MethodType.SERVER_STREAMING);
    /** Answers with all texts, once the last one has come. */
    static final MethodDescriptor<String, String> JOIN = method("Join", MethodType.CLIENT_STREAMING);
    /** Answers each text with the same in capital letters. */
    static final MethodDescriptor<String, String> SHOUT = method("Shout", MethodType.BIDI_STREAMING);
    /** Answers never. */
    static final MethodDescriptor<String, String> WAIT = method("Wait", MethodType.UNARY);
    /** Answers when the first count has had to wait for its reader, with the last number it has sent. */
    static final MethodDescriptor<String, String> AWAIT_PAUSE = method("AwaitPause", MethodType.UNARY);

    private Methods() {}

    private static MethodDescriptor<String, String> method(String name, MethodType type) {
        return MethodDescriptor.<String, String>newBuilder()
                .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
                .setType(type)
                .setRequestMarshaller(Utf8.INSTANCE)
                .setResponseMarshaller(Utf8.INSTANCE)
                .build();
    }

    private enum Utf8 implements Marshaller<String> {
        INSTANCE;

        @Override
        public InputStream stream(String text) {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream bytes) {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes.readAllBytes()))
                        .toString();
            } catch (CharacterCodingException e) {
                throw Status.INVALID_ARGUMENT
                        .withDescription("not UTF-8")
                        .withCause(e)
                        .asRuntimeException();
            } catch (IOException e) {
                throw Status.INTERNAL.withCause(e).asRuntimeException();
            }
        }
    }
}
