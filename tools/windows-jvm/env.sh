# Common settings of prepare.sh and bin/java, which source this file.
#
#   WINDOWS_JVM_CACHE  the folder of the JRE and the Wine prefixes (default ~/.cache/netty-namedpipe)
#   WINDOWS_JDK        17 (default) or 21
#   WINE_VERSION       10: the Wine of Debian 13. If another version is installed, prepare.sh unpacks Wine 10 into the cache and
#                      does not change the system. Default: "installed", the installed Wine
#   WINE_CPU           the CPU that Wine and all its processes are pinned to (default: the first allowed one); "all": no pinning

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
cache=${WINDOWS_JVM_CACHE:-$HOME/.cache/netty-namedpipe}
jdk=${WINDOWS_JDK:-17}
jre=$cache/jre-$jdk
template=$cache/prefix

# The folder of Debian's wineserver, which is not on the PATH.
PATH=$PATH:/usr/lib/wine
wine=${WINE_VERSION:-installed}
private_wine=
if [ "$wine" != installed ] && [[ $(wine --version 2>/dev/null) != "wine-$wine".* ]]; then
    private_wine=$cache/wine-$wine
    template=$cache/prefix-wine-$wine
    PATH=$private_wine/bin:$PATH
fi

# Every Windows call is a round trip to the wineserver. On one CPU it is 3 to 12 times faster, because no process waits for
# another CPU to wake up. The first Wine process starts the server, which inherits the affinity.
cpu=${WINE_CPU:-}
if [ -z "$cpu" ]; then
    cpu=$(taskset -pc $$)
    cpu=${cpu##*: }
    cpu=${cpu%%[,-]*}
fi
pin=(taskset -c "$cpu")
[ "$cpu" != all ] || pin=()

# No display, no dialogs to install Mono or Gecko, no menu entries; English messages and UTF-8 names for any locale of the host.
unset DISPLAY WAYLAND_DISPLAY
export WINEDEBUG=${WINEDEBUG:--all} WINEDLLOVERRIDES='mscoree,mshtml=;winemenubuilder.exe=d' LC_ALL=C.UTF-8

has_wine() { [ -z "$private_wine" ] && command -v wine >/dev/null || [ -n "$private_wine" ] && [ -x "$private_wine/bin/wine" ]; }
ready() { [ -e "$jre/bin/java.exe" ] && [ -d "$template" ] && has_wine; }
