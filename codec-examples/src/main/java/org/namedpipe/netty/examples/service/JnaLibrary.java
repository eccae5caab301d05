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
package org.namedpipe.netty.examples.service;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says where JNA loads its DLL from. Unless it is told, it unpacks it into a folder of the temporary folder whose name can be
 * guessed, and a process that may write there can have a privileged service load its code.
 */
final class JnaLibrary {
    private static final String LIBRARY_PATH = "jna.boot.library.path";
    private static final String NO_UNPACK = "jna.nounpack";
    private static final String FOLDER = "jna.tmpdir";

    private JnaLibrary() {}

    /**
     * Sets the properties of JNA, which reads them when it is first used. Those of the command line have precedence.
     *
     * @param installed the folder of {@code jnidispatch.dll}, which only administrators may write to; nothing is unpacked
     *     then. If {@code null}, the DLL is unpacked into a new folder of this user. That folder stays, since Windows does not
     *     delete a DLL that is loaded; so a service that is installed brings its DLL along
     */
    static void secure(@Nullable Path installed) throws IOException {
        if (System.getProperty(LIBRARY_PATH) != null || System.getProperty(FOLDER) != null) {
            return;
        }
        if (installed != null) {
            System.setProperty(LIBRARY_PATH, installed.toAbsolutePath().toString());
            System.setProperty(NO_UNPACK, "true");
        } else {
            System.setProperty(FOLDER, ownFolder().toString());
        }
    }

    /** Creates a folder with a name that cannot be guessed, for its owner only. */
    static Path ownFolder() throws IOException {
        Path folder = Files.createTempDirectory("service-jna");
        folder.toFile().deleteOnExit();
        AclFileAttributeView list = Files.getFileAttributeView(folder, AclFileAttributeView.class);
        if (list != null) {
            // The list of the temporary folder, which others may write to, is inherited until here.
            list.setAcl(List.of(AclEntry.newBuilder()
                    .setType(AclEntryType.ALLOW)
                    .setPrincipal(list.getOwner())
                    .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                    .setFlags(AclEntryFlag.FILE_INHERIT, AclEntryFlag.DIRECTORY_INHERIT)
                    .build()));
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            if (files.iterator().hasNext()) {
                throw new IOException("another process has put a file into " + folder + "; start the service again");
            }
        }
        return folder;
    }
}
