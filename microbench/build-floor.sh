#!/bin/bash
# Builds the floor program for Windows on Linux: build-floor.sh OUTPUT.exe
# Installs the compiler where it may (as root on Debian and its kin).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
compiler=x86_64-w64-mingw32-gcc
source=$here/src/main/c/iocp_floor.c
output=$1

die() { echo "build-floor: $*" >&2; exit 1; }

install_compiler() {
    local apt=(apt-get -y -q -o DPkg::Lock::Timeout=300) log
    local hint="a compiler for Windows is missing. Install it with: sudo apt-get install gcc-mingw-w64-x86-64"
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || die "$hint"
    echo "build-floor: installing gcc-mingw-w64-x86-64"
    export DEBIAN_FRONTEND=noninteractive
    log=$output.apt.log
    "${apt[@]}" update >"$log" 2>&1 || true # one unreachable third-party source must not stop us
    "${apt[@]}" install --no-install-recommends gcc-mingw-w64-x86-64 >>"$log" 2>&1 </dev/null \
        || { tail -n 20 "$log" >&2; die "could not install the compiler; the whole log is $log"; }
}

[ ! "$output" -nt "$source" ] || exit 0
mkdir -p "$(dirname "$output")"
command -v "$compiler" >/dev/null || install_compiler
"$compiler" -O2 -Wall -Wextra -Werror -Wno-unused-parameter -D_WIN32_WINNT=0x0601 -o "$output.tmp" "$source"
mv "$output.tmp" "$output"
