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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes JNA unpack its DLL into a folder that only this user can access. By default JNA uses a folder with a predictable
 * name below {@code java.io.tmpdir}; a process that can write to it could make a privileged service load its code.
 */
final class JnaFolder {

    private JnaFolder() {}

    /**
     * Creates the folder, unless the command line has the folder of the DLL: an installed service contains the DLL and
     * is started with {@code -Djna.boot.library.path=FOLDER -Djna.nounpack=true}. Call this before JNA is used.
     */
    static void create() throws IOException {
        if (System.getProperty("jna.boot.library.path") != null || System.getProperty("jna.tmpdir") != null) {
            return;
        }
        Path folder = Files.createTempDirectory("service-jna");
        AclFileAttributeView view = Files.getFileAttributeView(folder, AclFileAttributeView.class);
        // Until here the folder has the access list of java.io.tmpdir.
        view.setAcl(List.of(AclEntry.newBuilder()
                .setType(AclEntryType.ALLOW)
                .setPrincipal(view.getOwner())
                .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                .setFlags(AclEntryFlag.FILE_INHERIT, AclEntryFlag.DIRECTORY_INHERIT)
                .build()));
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw new IOException("another process wrote to " + folder + "; start the service again");
            }
        }
        System.setProperty("jna.tmpdir", folder.toString());
    }
}
