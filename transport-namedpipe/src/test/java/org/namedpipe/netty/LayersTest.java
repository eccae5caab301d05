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

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The three layers are channels, completion ports and the Windows API. A layer may use the ones below it. */
class LayersTest {
    private static final String CHANNELS = "org.namedpipe.netty";
    private static final String IOCP = CHANNELS + ".iocp";
    private static final String WIN32 = CHANNELS + ".internal.win32";

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(CHANNELS, IOCP, WIN32);

    @Test
    void importsGoDownward() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("channels")
                .definedBy(CHANNELS)
                .layer("iocp")
                .definedBy(IOCP)
                .layer("win32")
                .definedBy(WIN32)
                .whereLayer("channels")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("iocp")
                .mayOnlyBeAccessedByLayers("channels")
                .whereLayer("win32")
                .mayOnlyBeAccessedByLayers("channels", "iocp")
                .check(classes);
    }

    @Test
    void theWindowsApiDoesNotUseChannels() {
        noClasses()
                .that()
                .resideInAPackage(WIN32)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty.channel..")
                .check(classes);
    }

    /** With the other binding JNA need not be there. */
    @Test
    void onlyItsBindingUsesJna() {
        noClasses()
                .that()
                .haveSimpleNameNotStartingWith("Jna")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.sun.jna..")
                .check(classes);
    }

    /** The parts use an interface such as {@code PipeEnd}. */
    @Test
    void thePartsOfAChannelDoNotUseTheChannel() {
        noClasses()
                .that()
                .haveNameMatching(".*\\.(PipeReader|ReadOperation|InboundDelivery|PipeWriter|WriteBatch|RegionReader"
                        + "|OutboundFilter|PipeClose|PipeShutdown|PipeDrain|PipeFlush|PipeHandle|PipePeer|PipeConnector"
                        + "|ConnectAttempt|PipeListener|PipeInstance)")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(AbstractNamedPipeChannel.class)
                .check(classes);
    }
}
