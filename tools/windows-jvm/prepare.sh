#!/bin/bash
# Makes bin/java work: installs Wine, unpacks a Windows JRE, creates a Wine prefix. Does nothing if all that is there.
# Called by the build with the JRE's archive; safe to run in parallel.
#
#   prepare.sh ARCHIVE.zip JAR     ARCHIVE.zip holds */jre/, JAR is the JDK's jar tool
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
    "${apt[@]}" update >"$cache/apt.log" 2>&1 || true # one unreachable third-party source must not stop us
    "${apt[@]}" install --no-install-recommends wine wine64 >>"$cache/apt.log" 2>&1 </dev/null \
        || { tail -n 20 "$cache/apt.log" >&2; die "could not install Wine; the whole log is $cache/apt.log"; }
}

# The jre/ folder of the archive becomes $jre in one step, so that no one ever sees half of it.
unpack_jre() {
    local archive=$1 jar=$2 tmp
    [ -r "$archive" ] || die "no archive with a Windows JRE at $archive"
    echo "windows-jvm: unpacking the JRE of $(basename "$archive")"
    tmp=$(mktemp -d "$cache/tmp.XXXXXX")
    (cd "$tmp" && "$jar" -xf "$archive")
    rm -rf "$jre"
    mv "$tmp"/*/jre "$jre"
    rm -rf "$tmp"
}

# Debian's Wine copies 700 MB of DLLs into each prefix. Links to the installed files do as well, and make a prefix cheap to copy.
link_dlls() {
    local installed file
    installed=$(dirname "$(find ${private_wine:-/usr/lib /opt} -path '*x86_64-windows/kernel32.dll' 2>/dev/null | head -n 1)")
    find "$1/drive_c" -type f -size +8k | while read -r file; do
        if cmp -s "$file" "$installed/${file##*/}"; then ln -sf "$installed/${file##*/}" "$file"; fi
    done
}

# Runs on one CPU like everything else: 1.3 s instead of 5 s.
create_prefix() {
    local tmp
    echo "windows-jvm: creating the Wine prefix"
    tmp=$(mktemp -d "$cache/tmp.XXXXXX")
    export WINEPREFIX=$tmp
    "${pin[@]}" wineboot -i >"$cache/wineboot.log" 2>&1 </dev/null || die "wineboot failed, see $cache/wineboot.log"
    # A crashing process ends at once instead of starting a debugger; Java sees Windows 10; no driver looks for a display.
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
rm -rf "$cache"/tmp.* # of a run that was killed
if ! has_wine; then
    if [ -n "$private_wine" ]; then
        echo "windows-jvm: unpacking Wine $wine"
        "$here/private-wine.sh" "$wine" "$private_wine" >"$cache/private-wine.log" 2>&1 9>&- \
            || { tail -n 20 "$cache/private-wine.log" >&2; die "could not unpack Wine $wine; the whole log is $cache/private-wine.log"; }
    else
        install_wine 9>&-
    fi
fi
[ -e "$jre/bin/java.exe" ] || unpack_jre "$1" "$2"
[ -d "$template" ] || create_prefix 9>&-
ready || die "preparation failed"
echo "windows-jvm: ready: $here/bin/java"
