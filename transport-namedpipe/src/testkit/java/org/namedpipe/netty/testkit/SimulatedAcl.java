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

import static org.namedpipe.netty.internal.win32.Win32Constants.GENERIC_READ;
import static org.namedpipe.netty.internal.win32.Win32Constants.GENERIC_WRITE;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.namedpipe.netty.internal.win32.DescriptorInformation;
import org.namedpipe.netty.internal.win32.DescriptorInformation.Entry;
import org.namedpipe.netty.internal.win32.Win32Error;

/** A security descriptor, and its access check. */
final class SimulatedAcl {
    /** The bit that is {@code FILE_APPEND_DATA} for a file. */
    static final int FILE_CREATE_PIPE_INSTANCE = 0x4;

    private static final int GENERIC_ALL = 0x1000_0000;
    private static final int FILE_ALL_ACCESS = 0x1F_01FF;
    private static final int FILE_GENERIC_READ = 0x12_0089;
    private static final int FILE_GENERIC_WRITE = 0x12_0116;
    /** The rights that an owner has without an entry. */
    private static final int READ_CONTROL_AND_WRITE_DAC = 0x6_0000;

    /** The owner. An entry for it replaces the rights that an owner has without an entry. */
    private static final String OWNER_RIGHTS = "S-1-3-4";

    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("WD", "S-1-1-0"),
            Map.entry("OW", OWNER_RIGHTS),
            Map.entry("NU", "S-1-5-2"),
            Map.entry("IU", "S-1-5-4"),
            Map.entry("AN", "S-1-5-7"),
            Map.entry("AU", "S-1-5-11"),
            Map.entry("SY", "S-1-5-18"),
            Map.entry("LS", "S-1-5-19"),
            Map.entry("NS", "S-1-5-20"),
            Map.entry("BA", "S-1-5-32-544"),
            Map.entry("BU", "S-1-5-32-545"),
            Map.entry("LW", "S-1-16-4096"),
            Map.entry("ME", "S-1-16-8192"),
            Map.entry("HI", "S-1-16-12288"),
            Map.entry("SI", "S-1-16-16384"));
    private static final Map<String, Integer> RIGHTS = Map.ofEntries(
            Map.entry("GA", GENERIC_ALL),
            Map.entry("FA", FILE_ALL_ACCESS),
            Map.entry("GR", GENERIC_READ),
            Map.entry("FR", FILE_GENERIC_READ),
            Map.entry("GW", GENERIC_WRITE),
            Map.entry("FW", FILE_GENERIC_WRITE),
            Map.entry("SD", 0x1_0000),
            Map.entry("RC", 0x2_0000),
            Map.entry("WD", 0x4_0000),
            Map.entry("WO", 0x8_0000));

    private static final Pattern SID = Pattern.compile("S-1-[-0-9]+");
    private static final Pattern COMPONENT = Pattern.compile("([OGDS]):([^:()]*?)((?:\\([^()]*\\))*)(?=[OGDS]:|$)");
    private static final Pattern FLAGS = Pattern.compile("(?:P|AR|AI|NO_ACCESS_CONTROL)*");
    private static final Pattern ENTRY =
            Pattern.compile("\\(([^;()]*);([^;()]*);([^;()]*);([^;()]*);([^;()]*);([^;()]*)\\)");

    private final String text;
    private final String defaultOwner;
    private final List<Entry> entries = new ArrayList<>();
    private @Nullable String owner;
    private boolean restricts;
    private SimulatedLabel label = SimulatedLabel.IMPLICIT;

    private SimulatedAcl(String text, String defaultOwner) {
        this.text = text;
        this.defaultOwner = defaultOwner;
    }

    /** Parses a descriptor, or fails with the code of Windows. */
    static SimulatedAcl parse(String sddl, String defaultOwner) {
        SimulatedAcl acl = new SimulatedAcl(sddl, defaultOwner);
        Matcher component = COMPONENT.matcher(sddl);
        int end = 0;
        while (component.find() && component.start() == end) {
            acl.component(component.group(1), component.group(2), component.group(3));
            end = component.end();
        }
        if (end == 0 && !sddl.matches("[OGDS]:.*")) {
            throw new SimulatedFailure(Win32Error.ERROR_INVALID_PARAMETER);
        }
        if (end != sddl.length()) {
            throw new SimulatedFailure(Win32Error.ERROR_INVALID_ACL);
        }
        return acl;
    }

    private void component(String tag, String value, String list) {
        if (tag.equals("O") || tag.equals("G")) {
            String sid = sid(value);
            owner = tag.equals("O") ? sid : owner;
        } else if (!FLAGS.matcher(value).matches()) {
            throw new SimulatedFailure(Win32Error.ERROR_INVALID_ACL);
        }
        restricts |= tag.equals("D") && !value.contains("NO_ACCESS_CONTROL");
        Matcher entry = ENTRY.matcher(list);
        int end = 0;
        while (entry.find() && entry.start() == end) {
            entry(tag, entry);
            end = entry.end();
        }
        if (end != list.length()) {
            throw new SimulatedFailure(Win32Error.ERROR_INVALID_ACL);
        }
    }

    private void entry(String tag, Matcher entry) {
        String type = entry.group(1);
        String sid = sid(entry.group(6));
        boolean access = type.equals("A") || type.equals("D");
        if (access != tag.equals("D") || (!access && !type.equals("AU") && !type.equals("ML"))) {
            throw new SimulatedFailure(Win32Error.ERROR_INVALID_ACL);
        }
        if (access) {
            entries.add(new Entry(type.equals("A"), mask(entry.group(3)), sid));
        } else if (type.equals("ML")) {
            label = SimulatedLabel.parse(entry.group(3), sid);
        }
    }

    private static String sid(String text) {
        String sid = ALIASES.getOrDefault(text, text);
        if (!SID.matcher(sid).matches()) {
            throw new SimulatedFailure(Win32Error.ERROR_INVALID_SID);
        }
        return sid;
    }

    private static int mask(String rights) {
        if (rights.startsWith("0x")) {
            return (int) Long.parseLong(rights.substring(2), 16);
        }
        int mask = 0;
        for (int i = 0; i < rights.length(); i += 2) {
            Integer right = RIGHTS.get(rights.substring(i, Math.min(i + 2, rights.length())));
            if (right == null) {
                throw new SimulatedFailure(Win32Error.ERROR_INVALID_ACL);
            }
            mask |= right;
        }
        return mask;
    }

    String text() {
        return text;
    }

    String owner() {
        return owner == null ? defaultOwner : owner;
    }

    SimulatedLabel label() {
        return label;
    }

    /** Returns the parts of the text, without the defaults that an object gets in addition. */
    DescriptorInformation facts() {
        return new DescriptorInformation(owner, restricts ? entries : null);
    }

    /**
     * Fails if a process must not create an object with this descriptor. Source: the documentation of ERROR_INVALID_OWNER, and
     * "Mandatory Integrity Control": a label above the own level needs SeRelabelPrivilege. No source confirms
     * the code of the latter.
     */
    void checkCreator(SimulatedProcess creator) {
        if (!owner().equals(creator.userSid()) && !(owner().equals("S-1-5-32-544") && creator.has(owner()))) {
            throw new SimulatedFailure(Win32Error.ERROR_INVALID_OWNER);
        }
        if (label.level() > creator.integrity()) {
            throw new SimulatedFailure(Win32Error.ERROR_INVALID_LABEL);
        }
    }

    /** Replaces generic rights by the rights of files. */
    static int mapped(int desired) {
        return (desired & 0x0FFF_FFFF)
                | ((desired & GENERIC_ALL) != 0 ? FILE_ALL_ACCESS : 0)
                | ((desired & GENERIC_READ) != 0 ? FILE_GENERIC_READ : 0)
                | ((desired & GENERIC_WRITE) != 0 ? FILE_GENERIC_WRITE : 0);
    }

    /** Returns true if a process has all of these rights. The first entry of the DACL with a right decides about it. */
    boolean allows(SimulatedProcess subject, int desired) {
        if (!label.allows(subject, desired)) {
            return false;
        }
        if (!restricts) {
            return true;
        }
        boolean isOwner = subject.has(owner());
        int wanted = desired;
        if (isOwner && entries.stream().noneMatch(entry -> entry.sid().equals(OWNER_RIGHTS))) {
            wanted &= ~READ_CONTROL_AND_WRITE_DAC;
        }
        for (Entry entry : entries) {
            if (!subject.has(entry.sid()) && !(isOwner && entry.sid().equals(OWNER_RIGHTS))) {
                continue;
            }
            int mask = mapped(entry.mask());
            if (!entry.allows() && (wanted & mask) != 0) {
                return false;
            }
            wanted &= entry.allows() ? ~mask : ~0;
        }
        return wanted == 0;
    }
}
