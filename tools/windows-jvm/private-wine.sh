#!/bin/bash
# Unpacks the Wine of a Debian release into a folder, without chroot, privileges or installation. Needs Debian's apt and its
# archive keyring. Called by prepare.sh.
#
#   private-wine.sh 10 TARGET     creates TARGET/bin with wine, wineboot and wineserver
set -euo pipefail
version=$1 target=$2

die() { echo "private-wine: $*" >&2; exit 1; }

keyring=/usr/share/keyrings/debian-archive-keyring.gpg
case $version in
    10)
        suite=trixie package_version=10.0~repack-6
        # The checksums of Wine's own packages. The libraries change with each point release; apt checks their signatures.
        checksums='702c99d2fbaef2a4966667e0cdabd477ed1754c1b3b5d4476606eaf5fd6e1444  libwine_10.0~repack-6_amd64.deb
4cdf8319d873c13210815c1aac18859a56ea21b0b2d35a3388dab881464ed488  wine64_10.0~repack-6_amd64.deb'
        ;;
    *) die "unsupported version of Wine: $version (expected: 10)" ;;
esac
[ "$(uname -sm)" = "Linux x86_64" ] && command -v apt-get >/dev/null && [ -e "$keyring" ] \
    || die "needs Debian on x86-64; elsewhere install Wine $version"

mkdir -p "$(dirname "$target")"
part=$(mktemp -d "$(dirname "$target")/tmp.XXXXXX")
trap 'rm -rf "$part"' EXIT
apt=$part/apt
mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$part/debs" "$part/tree"

# The mirror that is configured on this machine.
mirror=$(grep -rhE '^(URIs:|deb )' /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null \
    | grep -oE 'https?://[^ ]+/debian/?( |$)' | head -n 1 | tr -d ' ' || true)
[ -n "$mirror" ] || die "the configuration of apt has no Debian mirror"
echo "deb [signed-by=$keyring] $mirror $suite main" >"$apt/sources.list"
: >"$apt/status"
options=(-qq -o Dir::Etc::sourcelist="$apt/sources.list" -o Dir::Etc::sourceparts=/dev/null -o Dir::State::lists="$apt/lists"
    -o Dir::Cache="$apt/cache" -o Dir::State::status="$apt/status" -o Acquire::Languages=none -o APT::Sandbox::User=root)
apt-get "${options[@]}" update
(cd "$part/debs" && apt-get "${options[@]}" download "libwine=$package_version" "wine64=$package_version" \
    libc6 libunwind8 liblzma5 libz-mingw-w64 patchelf libstdc++6 libgcc-s1)
(cd "$part/debs" && sha256sum --quiet --check <<<"$checksums") || die "Wine's packages differ from the tested ones"

for deb in "$part"/debs/*.deb; do
    dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$part/tree" \
        --exclude='*/i386-windows*' --exclude=./usr/share/doc --exclude=./usr/share/locale
done

lib=usr/lib/x86_64-linux-gnu
# Marks the zlib as a builtin DLL of Wine, as the configuration of Debian's package does.
zlib=$part/tree/usr/x86_64-w64-mingw32/lib/zlib1.dll
{ head -c 64 "$zlib"; printf 'Wine builtin DLL'; head -c 16 /dev/zero; tail -c +97 "$zlib"; } \
    >"$part/tree/$lib/wine/x86_64-windows/zlib1.dll"
# Makes the programs load the libraries of the release from the target folder.
patchelf=("$part/tree/$lib/ld-linux-x86-64.so.2" --library-path "$part/tree/$lib" "$part/tree/usr/bin/patchelf")
for program in wine64 wineserver64; do
    "${patchelf[@]}" --set-interpreter "$target/$lib/ld-linux-x86-64.so.2" --force-rpath --set-rpath "$target/$lib" \
        "$part/tree/usr/lib/wine/$program"
done

mkdir "$part/tree/bin.new"
cat >"$part/tree/bin.new/wine" <<SCRIPT
#!/bin/sh
export WINELOADER=$target/usr/lib/wine/wine64 WINESERVER=$target/bin/wineserver
exec $target/usr/lib/wine/wine64 "\$@"
SCRIPT
cat >"$part/tree/bin.new/wineserver" <<SCRIPT
#!/bin/sh
exec $target/usr/lib/wine/wineserver64 -p0 "\$@"
SCRIPT
cat >"$part/tree/bin.new/wineboot" <<SCRIPT
#!/bin/sh
exec $target/bin/wine wineboot "\$@"
SCRIPT
chmod +x "$part"/tree/bin.new/*
# The script in the package would start the system's wineserver64.
cp "$part/tree/bin.new/wineserver" "$part/tree/usr/lib/wine/wineserver"
rm -rf "$part/tree/bin"
mv "$part/tree/bin.new" "$part/tree/bin"
rm -rf "$target"
mv "$part/tree" "$target"
