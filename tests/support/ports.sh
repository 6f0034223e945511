# Sourced by tests/ports: the libraries of other machines, and what their programs write. $root is the clone, $ports the
# folder for all of it.

# apt of ARCHITECTURE, apart from this system's: apt_apart ARCHITECTURE WORD... Its sources are this system's Debian; musl's
# libraries come from sources, and those that this release's archive has lost, from the next release's.
apt_apart() {
    local folder="$ports/apt-$1" architecture=$1
    shift
    if [ ! -e "$folder/sources" ]; then
        mkdir -p "$folder/state/lists/partial" "$folder/cache/archives/partial" || return 1
        : >"$folder/status"
        local places
        places=$(apt-get indextargets --format '$(SITE) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' |
            sort -u)
        [ -n "$places" ] || { say "apt has no source of Debian's packages" && return 1; }
        {
            sed 's/^/deb /' <<<"$places"
            sed 's/^/deb-src /' <<<"$places"
            sed -n '/-/! s/^\([^ ]*\) [^ ]* /deb-src \1 trixie /p' <<<"$places" | head -n 1
        } | sort -u >"$folder/sources.new"
        # As in app/setup.sh: what it could not get may not be needed.
        apt_in "$folder" "$architecture" sources.new update >"$folder/update.log" 2>&1 || true
        mv "$folder/sources.new" "$folder/sources"
    fi
    apt_in "$folder" "$architecture" sources "$@"
}

# apt_in FOLDER ARCHITECTURE SOURCES WORD...
apt_in() {
    DEBIAN_FRONTEND=noninteractive apt-get -q -o Dir::State="$1/state" -o Dir::State::status="$1/status" \
        -o Dir::Cache="$1/cache" -o Dir::Etc::sourcelist="$1/$3" -o Dir::Etc::sourceparts=/dev/null \
        -o APT::Architecture="$2" -o APT::Architectures="$2" -o APT::Sandbox::User=root "${@:4}" </dev/null
}

# debian_libraries ARCHITECTURE FOLDER: what the build needs besides tools, unpacked there.
debian_libraries() {
    [ ! -e "$2/complete" ] || return 0
    local packages=(libcmocka-dev) package link
    for package in "${BUILD_PACKAGES[@]}"; do
        case $package in *-dev) packages+=("$package") ;; esac
    done
    say "getting the libraries of $1"
    apt_apart "$1" install -y --download-only --no-install-recommends "${packages[@]}" >"$ports/$1.log" 2>&1 || {
        tail -n 5 "$ports/$1.log" >&2
        return 1
    }
    mkdir -p "$2"
    for package in "$ports/apt-$1"/cache/archives/*.deb; do
        dpkg-deb -x "$package" "$2" || return 1
    done
    [ -e "$2/lib" ] || ln -s usr/lib "$2/lib"
    find "$2/usr/lib" -lname '/*' | while read -r link; do
        ln -snf "$2$(readlink "$link")" "$link"
    done
    touch "$2/complete"
}

# same_files FOLDER: do "${run[@]}" FOLDER/easyfirst and "${held_against[@]}" this machine's release build write the same?
# Of pictures only where $pictures says same.
same_files() {
    local folder=$1 status=0 preset file same=0
    rm -rf "$folder/here" "$folder/there"
    for preset in post noisy-moons three-blobs learned-threshold; do
        write_files "$folder/here" "$preset" "${held_against[@]}" "$root/build/release/easyfirst" &&
            write_files "$folder/there" "$preset" "${run[@]}" "$folder/easyfirst" || return 1
    done
    for file in "$folder"/here/*; do
        case $pictures:$file in other:*.gif | other:*.png) continue ;; esac
        cmp "$file" "$folder/there/${file##*/}" >&2 && same=$((same + 1)) || status=1
    done
    printf '%s files are the same, byte for byte\n' "$same"
    return $status
}

# write_files FOLDER PRESET PROGRAM...
write_files() {
    mkdir -p "$1" || return 1
    local to="$1/$2"
    "${@:3}" --headless --force --preset "$2" --scores on --trace "$to-trace.csv" --parameters "$to-parameters.csv" \
        --weights "$to-weights.csv" --points "$to-points.csv" --model "$to.json" --gif "$to.gif" --png "$to.png" \
        --svg "$to.svg" --text-as outlines --html "$to.html"
}

# musl_libraries FOLDER: SDL and all else that CMake asks for, there; what is in it, musl_libraries.sh says.
musl_libraries() {
    [ ! -e "$1/complete" ] || return 0
    local sources="$ports/musl/sources" package codename
    codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
    say "getting the sources for musl"
    mkdir -p "$sources" || return 1
    for package in cmocka freetype harfbuzz libinih libpng1.6 libsdl2 libsdl2-ttf zlib; do
        [ ! -d "$sources/$package" ] || continue
        rm -rf "$sources/$package.new"
        mkdir "$sources/$package.new"
        (cd "$sources/$package.new" && apt_apart "$(dpkg --print-architecture)" source "$package/$codename" ||
            apt_apart "$(dpkg --print-architecture)" source "$package/trixie") >"$ports/musl.log" 2>&1 &&
            mv "$sources/$package.new"/*/ "$sources/$package" || {
            tail -n 5 "$ports/musl.log" >&2
            say "no source of $package"
            return 1
        }
    done
    say "building the libraries for musl"
    bash -eu "$root/tests/support/musl_libraries.sh" "$sources" "$1" >"$ports/musl.log" 2>&1 || {
        tail -n 15 "$ports/musl.log" >&2
        say "could not build the libraries for musl; the log: $ports/musl.log"
        return 1
    }
    touch "$1/complete"
}
