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

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLException;
import picocli.CommandLine.Option;

/** The directory that holds a certificate for each end, and that of the authority which issued both. */
final class Certificates {

    /** What the server's certificate is issued to. A pipe has no host name that could be compared with it. */
    static final String SERVER_NAME = "server.example";

    private static final String CLIENT_NAME = "client.example";

    @Option(
            names = "--certificates",
            paramLabel = "DIR",
            required = true,
            description = "Directory of the certificates and keys; tls certificates makes them.")
    private Path directory = Path.of("");

    /** Makes an authority and what it issues, and writes all but the authority's key. */
    static void create(Path directory) throws Exception {
        X509Bundle authority = new CertificateBuilder()
                .subject("CN=Example authority")
                .setIsCertificateAuthority(true)
                .ecp256()
                .buildSelfSigned();
        Files.writeString(directory.resolve("authority.pem"), authority.getCertificatePEM());
        write(
                directory,
                "server",
                builder(SERVER_NAME).addExtendedKeyUsageServerAuth().buildIssuedBy(authority));
        write(
                directory,
                "client",
                builder(CLIENT_NAME).addExtendedKeyUsageClientAuth().buildIssuedBy(authority));
    }

    private static CertificateBuilder builder(String name) {
        return new CertificateBuilder()
                .subject("CN=" + name)
                .addSanDnsName(name)
                .ecp256();
    }

    private static void write(Path directory, String role, X509Bundle bundle) throws IOException {
        Files.writeString(directory.resolve(role + ".pem"), bundle.getCertificatePathPEM());
        Files.writeString(directory.resolve(role + ".key"), bundle.getPrivateKeyPEM());
    }

    /** What a server needs that wants to know who its clients are. */
    SslContext server() throws SSLException {
        return SslContextBuilder.forServer(file("server.pem"), file("server.key"))
                .trustManager(file("authority.pem"))
                .clientAuth(ClientAuth.REQUIRE)
                .applicationProtocolConfig(alpn(Arrays.asList(LineProtocol.values())))
                .build();
    }

    /**
     * What a client needs.
     *
     * @param identified whether it has a certificate
     */
    SslContext client(LineProtocol protocol, boolean identified) throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .trustManager(file("authority.pem"))
                .applicationProtocolConfig(alpn(List.of(protocol)));
        return (identified ? builder.keyManager(file("client.pem"), file("client.key")) : builder).build();
    }

    private static ApplicationProtocolConfig alpn(List<LineProtocol> protocols) {
        return new ApplicationProtocolConfig(
                Protocol.ALPN,
                SelectorFailureBehavior.FATAL_ALERT,
                SelectedListenerFailureBehavior.FATAL_ALERT,
                protocols.stream().map(LineProtocol::alpn).toList());
    }

    private File file(String name) {
        return directory.resolve(name).toFile();
    }
}
