#!/bin/bash
# Prepares bin/java: installs Wine, unpacks a Windows JRE, creates a Wine prefix. Does nothing if everything exists.
# The build calls it with the archive of the JRE. Several instances can run in parallel.
#
#   prepare.sh ARCHIVE.zip JAR     ARCHIVE.zip contains */jre/, JAR is the JDK's jar tool
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

die() { echo "windows-jvm: $*" >&2; exit 1; }

install_wine() {
    local apt=(apt-get -y -q -o DPkg::Lock::Timeout=300)
    local hint="Wine is missing. Install it with: sudo apt-get install --no-install-recommends wine wine64"
    [ "$(uname -sm)" = "Linux x86_64" ] || die "the Windows tests need Windows, or Linux on x86-64 with Wine"
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || die "$hint"
    echo "windows-jvm: installing Wine"
    export DEBIAN_FRONTEND=noninteractive
    "${apt[@]}" update >"$cache/apt.log" 2>&1 || true # ignore the failure of a single third-party source
    "${apt[@]}" install --no-install-recommends wine wine64 >>"$cache/apt.log" 2>&1 </dev/null \
        || { tail -n 20 "$cache/apt.log" >&2; die "could not install Wine; see $cache/apt.log"; }
}

# Moves the jre/ folder of the archive to $jre in one step, so that other processes never use an incomplete JRE.
unpack_jre() {
    local archive=$1 jar=$2 tmp
    [ -r "$archive" ] || die "cannot read the archive with the Windows JRE: $archive"
    echo "windows-jvm: unpacking the JRE of $(basename "$archive")"
    tmp=$(mktemp -d "$cache/tmp.XXXXXX")
    (cd "$tmp" && "$jar" -xf "$archive")
    rm -rf "$jre"
    mv "$tmp"/*/jre "$jre"
    rm -rf "$tmp"
}

# Debian's Wine copies 700 MB of DLLs into each prefix. Replaces them by links to the installed files, so that a prefix is small.
link_dlls() {
    local installed file
    installed=$(dirname "$(find ${private_wine:-/usr/lib /opt} -path '*x86_64-windows/kernel32.dll' 2>/dev/null | head -n 1)")
    find "$1/drive_c" -type f -size +8k | while read -r file; do
        if cmp -s "$file" "$installed/${file##*/}"; then ln -sf "$installed/${file##*/}" "$file"; fi
    done
}

# Runs on one CPU, which takes 1.3 s instead of 5 s.
create_prefix() {
    local tmp
    echo "windows-jvm: creating the Wine prefix"
    tmp=$(mktemp -d "$cache/tmp.XXXXXX")
    export WINEPREFIX=$tmp
    "${pin[@]}" wineboot -i >"$cache/wineboot.log" 2>&1 </dev/null || die "wineboot failed, see $cache/wineboot.log"
    # A crash ends the process without a debugger; the version is Windows 10; no graphics driver is loaded.
    "${pin[@]}" wine reg add 'HKLM\Software\Microsoft\Windows NT\CurrentVersion\AeDebug' /v Auto /d 0 /f </dev/null >>"$cache/wineboot.log" 2>&1
    "${pin[@]}" wine reg add 'HKCU\Software\Wine' /v Version /d win10 /f </dev/null >>"$cache/wineboot.log" 2>&1
    "${pin[@]}" wine reg add 'HKCU\Software\Wine\Drivers' /v Graphics /d null /f </dev/null >>"$cache/wineboot.log" 2>&1
    wineserver -k || true
    wineserver -w
    link_dlls "$tmp"
    mv "$tmp" "$template"
}

ready && exit 0
mkdir -p "$cache"
exec 9>"$cache/lock"
flock 9
rm -rf "$cache"/tmp.* # left by a killed run
if ! has_wine; then
    if [ -n "$private_wine" ]; then
        echo "windows-jvm: unpacking Wine $wine"
        "$here/private-wine.sh" "$wine" "$private_wine" >"$cache/private-wine.log" 2>&1 9>&- \
            || { tail -n 20 "$cache/private-wine.log" >&2; die "could not unpack Wine $wine; see $cache/private-wine.log"; }
    else
        install_wine 9>&-
    fi
fi
[ -e "$jre/bin/java.exe" ] || unpack_jre "$1" "$2"
[ -d "$template" ] || create_prefix 9>&-
ready || die "preparation failed"
echo "windows-jvm: ready: $here/bin/java"
