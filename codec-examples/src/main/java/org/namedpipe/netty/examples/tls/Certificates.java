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
package org.namedpipe.netty.examples.tls;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes an authority, and certificates of this authority for the server and for the client. */
final class Certificates {

    /** The server's name in its certificate. A pipe has no host name that the client could compare with it. */
    static final String SERVER_NAME = "server.example";

    private Certificates() {}

    /** Writes all certificates, and the private keys of server and client, to files of a directory. */
    static void create(Path directory) throws Exception {
        Files.createDirectories(directory);
        X509Bundle authority = new CertificateBuilder()
                .subject("CN=Example authority")
                .setIsCertificateAuthority(true)
                .ecp256()
                .buildSelfSigned();
        Files.writeString(directory.resolve("authority.pem"), authority.getCertificatePEM());

        CertificateBuilder server = new CertificateBuilder()
                .subject("CN=" + SERVER_NAME)
                .addSanDnsName(SERVER_NAME)
                .addExtendedKeyUsageServerAuth()
                .ecp256();
        write(directory, "server", server.buildIssuedBy(authority));

        CertificateBuilder client = new CertificateBuilder()
                .subject("CN=client.example")
                .addExtendedKeyUsageClientAuth()
                .ecp256();
        write(directory, "client", client.buildIssuedBy(authority));
    }

    private static void write(Path directory, String role, X509Bundle bundle) throws IOException {
        Files.writeString(directory.resolve(role + ".pem"), bundle.getCertificatePathPEM());
        Files.writeString(directory.resolve(role + ".key"), bundle.getPrivateKeyPEM());
    }
}
