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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedPipeAddressTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            orders                              | .          | orders
            Orders v2 (:*?<>"é)                 | .          | Orders v2 (:*?<>"é)
            .hidden                             | .          | .hidden
            npipe                               | .          | npipe
            pipe                                | .          | pipe
            \\\\.\\pipe\\orders                 | .          | orders
            \\\\.\\PIPE\\orders                 | .          | orders
            \\\\.\\pipe\\pipe                   | .          | pipe
            \\\\?\\pipe\\orders                 | .          | orders
            //./pipe/orders                     | .          | orders
            //?/pipe/orders                     | .          | orders
            //./pipe\\orders                    | .          | orders
            npipe:////./pipe/docker_engine      | .          | docker_engine
            npipe://./pipe/docker_engine        | .          | docker_engine
            NPipe://./Pipe/docker_engine        | .          | docker_engine
            npipe:\\\\.\\pipe\\docker_engine    | .          | docker_engine
            npipe://\\\\.\\pipe\\docker_engine  | .          | docker_engine
            \\\\host\\pipe\\orders              | host       | orders
            //host.example/pipe/orders          | host.example | orders
            //10.0.0.7/pipe/orders              | 10.0.0.7   | orders
            //localhost/pipe/orders             | localhost  | orders
            npipe:////host/pipe/orders          | host       | orders
            npipe://host/pipe/orders            | host       | orders
            LOCAL\\orders                       | .          | LOCAL\\orders
            local/orders                        | .          | local\\orders
            \\\\.\\pipe\\LOCAL\\orders          | .          | LOCAL\\orders
            npipe:////./pipe/LOCAL/orders       | .          | LOCAL\\orders
            sql/query                           | .          | sql\\query
            sql\\query                        | .          | sql\\query
            \\\\.\\pipe\\sql\\query          | .          | sql\\query
            \\\\.\\pipe\\MSSQL$X\\sql\\query  | .          | MSSQL$X\\sql\\query
            \\\\.\\pipe\\LOCALDB#A1B2\\tsql\\query | .       | LOCALDB#A1B2\\tsql\\query
            \\\\.\\pipe\\microsoft##wid\\tsql\\query | .     | microsoft##wid\\tsql\\query
            \\\\host\\pipe\\sql\\query       | host       | sql\\query
            npipe:////./pipe/spire-agent/public/api | .      | spire-agent\\public\\api
            //./pipe/Sessions/1/AppContainerNamedObjects/S-1-15-2-1/x | . | Sessions\\1\\AppContainerNamedObjects\\S-1-15-2-1\\x
            //./pipe/ProtectedPrefix/Administrators/Vpn/tunnel | . | ProtectedPrefix\\Administrators\\Vpn\\tunnel
            """)
    void everySpellingIsRead(String text, String host, String name) {
        NamedPipeAddress address = NamedPipeAddress.of(text);

        assertThat(address.host()).isEqualTo(host);
        assertThat(address.name()).isEqualTo(name);
        assertThat(address.isLocal()).isEqualTo(host.equals("."));
        assertThat(address.path()).isEqualTo("\\\\" + host + "\\pipe\\" + name).isEqualTo(address.toString());
        assertThat(address).isEqualTo(NamedPipeAddress.of(host, name)).isEqualTo(NamedPipeAddress.of(address.path()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                              | the name is empty
            \\\\.\\pipe                     | the name is empty
            \\\\.\\pipe\\                   | the name is empty
            npipe://./pipe/                 | the name is empty
            a\\                             | the name has an empty part
            \\orders                        | the name has an empty part
            \\.\\pipe\\orders               | the name has an empty part
            ./pipe/orders                   | ends with a dot or a space
            sql/../query                    | ends with a dot or a space
            sql /query                      | ends with a dot or a space
            C:\\pipe\\orders                | this is the path of a file
            d:/orders                       | this is the path of a file
            \\\\.\\pipe\\\\orders           | the name has an empty part
            \\\\.\\pipe\\sql\\\\query        | the name has an empty part
            \\\\host\\pipe\\sql\\            | the name has an empty part
            unix:///var/run/orders          | the name has an empty part
            LOCAL\\                         | the name has an empty part
            LOCAL\\\\orders                 | the name has an empty part
            ProtectedPrefix\\a\\\\b         | the name has an empty part
            .                               | ends with a dot or a space
            ..                              | ends with a dot or a space
            orders.                         | ends with a dot or a space
            `orders `                       | ends with a dot or a space
            LOCAL\\..                       | ends with a dot or a space
            LOCAL\\..\\orders               | ends with a dot or a space
            //./pipe/LOCAL/./orders         | ends with a dot or a space
            \\\\                            | a path must look like \\\\.\\pipe\\name
            \\\\.                           | a path must look like \\\\.\\pipe\\name
            \\\\.\\                         | a path must look like \\\\.\\pipe\\name
            \\\\.\\pipes\\orders            | a path must look like \\\\.\\pipe\\name
            \\\\.\\mailslot\\orders         | a path must look like \\\\.\\pipe\\name
            \\\\.\\orders                   | a path must look like \\\\.\\pipe\\name
            \\\\host\\share\\orders         | a path must look like \\\\.\\pipe\\name
            \\\\\\pipe\\orders              | the host is empty
            npipe:///pipe/orders            | the host is empty
            \\\\..\\pipe\\orders            | the host starts with a dot
            \\\\ho st\\pipe\\orders         | the host contains ' '
            \\\\host:445\\pipe\\orders      | the host contains ':'
            \\\\ho*t\\pipe\\orders          | the host contains '*'
            npipe:                          | npipe: must be followed by //./pipe/ and a name
            npipe:orders                    | npipe: must be followed by //./pipe/ and a name
            npipe:/./pipe/orders            | npipe: must be followed by //./pipe/ and a name
            """)
    void aWrongAddressIsRefusedWithItsProblem(String text, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NamedPipeAddress.of(text))
                .withMessageStartingWith("not the address of a named pipe: '" + text + "': ")
                .withMessageContaining(problem);
    }

    @Test
    void hostAndNameMayBeGivenSeparately() {
        assertThat(NamedPipeAddress.of("host", "orders")).isEqualTo(NamedPipeAddress.of("\\\\host\\pipe\\orders"));
        assertThat(NamedPipeAddress.of(".", "orders").isLocal()).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NamedPipeAddress.of("", "orders"))
                .withMessageContaining("the host is empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NamedPipeAddress.of("\\\\host", "orders"))
                .withMessageContaining("the host contains '\\'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NamedPipeAddress.of("host", "\\\\host\\pipe\\orders"))
                .withMessageContaining("the name has an empty part");
    }

    @Test
    @SuppressWarnings("NullAway") // as a caller without null checks
    void nullIsRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> NamedPipeAddress.of(null))
                .withMessage("address");
        assertThatNullPointerException()
                .isThrownBy(() -> NamedPipeAddress.of(null, "orders"))
                .withMessage("host");
        assertThatNullPointerException()
                .isThrownBy(() -> NamedPipeAddress.of("host", null))
                .withMessage("name");
    }

    @Test
    void aPathHasAtMost256Characters() {
        String longest = "x".repeat(256 - "\\\\.\\pipe\\".length());

        assertThat(NamedPipeAddress.of(longest).path()).hasSize(256);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NamedPipeAddress.of(longest + 'x'))
                .withMessageEndingWith("the path is 257 characters long, and Windows takes at most 256");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NamedPipeAddress.of("h2", longest))
                .withMessageEndingWith("the path is 257 characters long, and Windows takes at most 256");
    }

    @ParameterizedTest
    @CsvSource({
        "orders,            ORDERS",
        "orders,            //./PIPE/Orders",
        "\\\\HOST\\pipe\\orders, npipe:////host/pipe/ORDERS",
        "café,              CAFÉ",
        "цена,              ЦЕНА",
        "title,             TITLE",
    })
    void caseIsKeptAndIgnoredInComparisons(String one, String other) {
        NamedPipeAddress a = NamedPipeAddress.of(one);
        NamedPipeAddress b = NamedPipeAddress.of(other);

        assertThat(a).isEqualTo(b).hasSameHashCodeAs(b);
        assertThat(b).isEqualTo(a);
        assertThat(a.path()).isNotEqualTo(b.path());
    }

    @ParameterizedTest
    @CsvSource({
        "orders,                orders2",
        "orders,                //host/pipe/orders",
        "orders,                //localhost/pipe/orders",
        "//a/pipe/orders,       //b/pipe/orders",
        "orders,                LOCAL/orders",
        // The kernel converts char by char: the sharp s and the dotless i have no upper case.
        "straße,                STRASSE",
        "tıtle,                 TITLE",
        "tıtle,                 title",
    })
    void differentPipesHaveDifferentAddresses(String one, String other) {
        assertThat(NamedPipeAddress.of(one)).isNotEqualTo(NamedPipeAddress.of(other));
    }

    @Test
    void anAddressIsNotEqualToOtherObjects() {
        assertThat(NamedPipeAddress.of("orders")).isNotEqualTo(null).isNotEqualTo("\\\\.\\pipe\\orders");
    }

    @Test
    void comparisonsDoNotDependOnTheLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertThat(NamedPipeAddress.of("//./PIPE/TITLE"))
                    .isEqualTo(NamedPipeAddress.of("NPIPE://./pipe/title"))
                    .hasSameHashCodeAs(NamedPipeAddress.of("title"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void anAddressCanBeSerialized() throws Exception {
        NamedPipeAddress address = NamedPipeAddress.of("//Host/pipe/Orders");

        assertThat(deserialize(serialize(address)))
                .isEqualTo(address)
                .asString()
                .isEqualTo("\\\\Host\\pipe\\Orders");
    }

    @Test
    void deserializationChecksTheName() throws Exception {
        String stream = new String(serialize(NamedPipeAddress.of("orders")), StandardCharsets.ISO_8859_1);
        byte[] forged = stream.replace("orders", "orde\\\\").getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> deserialize(forged)).hasStackTraceContaining("the name has an empty part");
    }

    private static byte[] serialize(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    private static Object deserialize(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }
}
