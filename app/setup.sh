# Sourced by app/run and tests/run with $root set to the clone: gets the packages and builds. All it says goes to stderr.

BUILD_PACKAGES=(gcc libc6-dev ninja-build cmake gettext pkg-config libsdl2-dev libsdl2-ttf-dev libfontconfig-dev libcglm-dev
    libpng-dev libinih-dev zlib1g-dev libdbus-1-dev libx11-dev libwayland-dev libxkbcommon-dev
    fonts-roboto-unhinted fonts-wqy-microhei)

say() {
    printf 'easyfirst: %s\n' "$*" >&2
}

# Installs those of the Debian packages that are missing, or names them and fails.
need_packages() {
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        need_tools "$@"
        return
    fi
    local missing
    missing=$(comm -23 <(printf '%s\n' "$@" | sort -u) \
        <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p' | sort -u))
    [ -n "$missing" ] || return 0
    # What another package provides is there, too (fcitx5-module-xorg in Debian 13).
    missing=$(comm -23 <(printf '%s\n' "$missing") \
        <(dpkg-query -W -f '${db:Status-Status} ${Provides}\n' 2>/dev/null | sed -n 's/^installed //p' | tr , '\n' |
            sed 's/^ *//; s/ .*//' | sort -u))
    [ -n "$missing" ] || return 0
    mapfile -t missing <<<"$missing"

    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            say "these packages are missing, and only root can install them: ${missing[*]}"
            return 1
        fi
        as_root=(sudo)
    fi
    say "installing ${missing[*]}"
    local log
    log=$(mktemp) || return 1
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -q)
    # An update that can't reach one of many sources may still know all that is needed here: the install decides.
    "${apt[@]}" update >"$log" 2>&1 </dev/null || true
    if ! "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >>"$log" 2>&1 </dev/null; then
        tail -n 15 "$log" >&2
        say "could not install ${missing[*]}"
        rm -f "$log"
        return 1
    fi
    rm -f "$log"
}

# Where there is no apt-get: whether the tools are there. Missing libraries are named by CMake.
need_tools() {
    local missing=() tool
    for tool in cc ninja cmake msgfmt pkg-config; do
        command -v "$tool" >/dev/null || missing+=("$tool")
    done
    if [ ${#missing[@]} -gt 0 ]; then
        say "${missing[*]} not found; what is needed, by Debian's names: $*"
        return 1
    fi
}

# build PRESET TARGET...: configures if that is still to be done, and builds. Silent but for a line when there is much to do.
build() {
    local preset=$1 folder="$root/build/$1"
    shift
    if ! mkdir -p "$folder" 2>/dev/null || [ ! -w "$folder" ]; then
        say "can't write $folder, which the build needs"
        return 1
    fi
    exec {build_lock}>"$root/build/.lock-$preset"
    flock "$build_lock" # two runs at once build once

    # A clone that was moved or copied with its build folder starts anew, and one that was built by another tool.
    if [ -f "$folder/CMakeCache.txt" ] &&
        [ "$(grep -cxF -e "CMAKE_HOME_DIRECTORY:INTERNAL=$root" -e CMAKE_GENERATOR:INTERNAL=Ninja "$folder/CMakeCache.txt")" -ne 2 ]; then
        rm -rf "$folder"
        mkdir -p "$folder"
    fi
    local log="$folder/build.log" status=0
    : >"$log"
    if [ ! -f "$folder/build.ninja" ]; then
        say "building the first time, about half a minute ..."
        (cd "$root" && cmake --preset "$preset") >"$log" 2>&1 </dev/null || status=1
    fi
    if [ $status -eq 0 ]; then
        (cd "$root" && cmake --build --preset "$preset" -j "$(nproc)" ${1+--target "$@"}) >>"$log" 2>&1 </dev/null || status=1
    fi
    exec {build_lock}>&-
    if [ $status -ne 0 ]; then
        grep -A 3 -E "error|Error|missing|No package|Requested '" "$log" | head -n 40 >&2
        say "the build failed; its log: $log"
        return 1
    fi
}
