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
package org.namedpipe.netty.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the record of the behaviour that a test of the {@link KernelContract} asserts. {@code docs/model-rules.md} is
 * generated from these annotations.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Source {
    /** Returns the kind of the record. */
    Kind value();

    /** Returns the file and the function of the tests, or the name of the page. */
    String at() default "";

    /** Returns the behaviour of Windows if it differs from the rule or from Wine. */
    String windows() default "";

    /** Returns the behaviour of Wine 8 and of Wine 10 if it differs. */
    String wine() default "";

    /** Returns the behaviour of the model if it differs. */
    String model() default "";

    /** The kinds of records, best first. */
    enum Kind {
        /** Tests of ntdll by the project Wine, which its authors run on Windows too. */
        WINE_NTDLL_TESTS("Wine's tests, `dlls/ntdll/tests/", true),
        /** Tests of kernel32 by the project Wine. */
        WINE_KERNEL32_TESTS("Wine's tests, `dlls/kernel32/tests/", true),
        /** A page of Microsoft Learn. */
        LEARN("Microsoft Learn, ", true),
        /** A file system that behaves as that of Windows Server 2003. It is no record of a current Windows. */
        REACTOS("ReactOS, `drivers/filesystems/npfs/", false),
        /** No known record. The rule is the behaviour of Wine. */
        NONE("not confirmed: Wine 8 and 10 only", false);

        private final String text;
        private final boolean windows;

        Kind(String text, boolean windows) {
            this.text = text;
            this.windows = windows;
        }

        /** Returns true if the record is about a current Windows. */
        boolean isOfWindows() {
            return windows;
        }

        /** Returns the record as a cell of a table. */
        String describe(String at) {
            int file = at.indexOf(' ');
            return switch (this) {
                case NONE -> text;
                case LEARN -> text + at;
                case WINE_NTDLL_TESTS, WINE_KERNEL32_TESTS, REACTOS ->
                    text + at.substring(0, file) + "`, `" + at.substring(file + 1) + '`';
            };
        }
    }
}
