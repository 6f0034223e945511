#!/usr/bin/env bash
# cmake --install and uninstall, and what is installed for the desktop, judged by the desktop's own tools.
set -u
build=$1
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P) || exit 1
here=$(mktemp -d /tmp/easyfirst-install-XXXXXX) || exit 1
trap 'rm -rf "$here"' EXIT
export HOME=$here XDG_CONFIG_HOME=$here/config XDG_STATE_HOME=$here/state LC_ALL=C.UTF-8
failed=0
fail() {
    printf 'FAILED: %s\n' "$*" >&2
    failed=1
}
install_to() { # PREFIX
    cmake --install "$build" --prefix "$1" >"$here/log" 2>&1 || fail "cmake --install: $(tail -n 3 "$here/log")"
}
uninstall() {
    cmake --build "$build" --target uninstall >"$here/log" 2>&1
}

# ---- into a package's folder: DESTDIR ----
rm -f "$build/installed_folders.txt" "$build/install_manifest.txt"
DESTDIR=$here/stage install_to /usr
(cd "$here/stage" && find . ! -type d | sort) >"$here/files"
while read -r file; do
    grep -qxF "./usr/$file" "$here/files" || fail "not installed: $file"
done <<'FILES'
bin/easyfirst
share/easyfirst/fonts/Roboto-Regular.ttf
share/easyfirst/fonts/Roboto-Medium.ttf
share/easyfirst/presets/post.ini
share/easyfirst/lessons/post.log
share/easyfirst/page/page.html
share/doc/easyfirst/LICENSE
share/doc/easyfirst/Roboto-LICENSE.txt
share/man/man1/easyfirst.1
share/man/zh_CN/man1/easyfirst.1
share/locale/zh_CN/LC_MESSAGES/easyfirst.mo
share/bash-completion/completions/easyfirst
share/zsh/site-functions/_easyfirst
share/fish/vendor_completions.d/easyfirst.fish
share/applications/easyfirst.desktop
share/metainfo/org.example.easyfirst.metainfo.xml
share/mime/packages/easyfirst-types.xml
share/icons/hicolor/scalable/apps/easyfirst.svg
share/icons/hicolor/16x16/apps/easyfirst.png
share/icons/hicolor/512x512/apps/easyfirst.png
FILES
find "$here/stage" -path '*/mime/*' ! -path '*/packages*' | grep . && fail "a package has the MIME database made anew"
share=$here/stage/usr/share

# What is installed runs where it is, and where it is moved to; through a link as well.
mv "$here/stage/usr" "$here/elsewhere"
mkdir "$here/stage/usr"
ln -s "$here/elsewhere/bin/easyfirst" "$here/linked"
(cd "$here" && ./linked --headless --epochs 1 --png moved.png --html moved.html) || fail "moved, it does not run"
"$here/linked" --list-presets | grep -q '^post ' || fail "moved, it has no presets"
"$here/linked" --language zh_CN --help | grep -q '^用法' || fail "moved, it has no Chinese"
rmdir "$here/stage/usr" && mv "$here/elsewhere" "$here/stage/usr"
DESTDIR=$here/stage uninstall || fail "uninstall with DESTDIR: $(tail -n 3 "$here/log")"
[ ! -e "$here/stage" ] || fail "left behind: $(find "$here/stage" | head -n 5)"
uninstall && fail "there was nothing to uninstall"

# ---- into a prefix that has things of others, twice, and out again ----
prefix="$here/a prefix"
mkdir -p "$prefix/share/applications" "$prefix/share/icons/hicolor/48x48/apps" "$prefix/share/mime/packages" "$prefix/empty"
printf '[Desktop Entry]\nType=Application\nName=Other\nExec=true\nMimeType=text/x-other;\n' >"$prefix/share/applications/other.desktop"
cat >"$prefix/share/mime/packages/other.xml" <<'OTHER'
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
<mime-type type="text/x-other"><comment>other</comment><glob pattern="*.other"/></mime-type></mime-info>
OTHER
update-mime-database "$prefix/share/mime" 2>/dev/null # which says that it is in no search path
update-desktop-database "$prefix/share/applications"
list() {
    (cd "$prefix" && find . -printf '%P %y\n' | sort)
}
list >"$here/before"
install_to "$prefix"
install_to "$prefix"
share=$prefix/share

# ---- the desktop ----
said=$(desktop-file-validate "$share/applications/easyfirst.desktop" 2>&1) && [ -z "$said" ] || fail "desktop-file-validate: $said"
for entry in 'MimeType=.*text/csv;' 'GenericName\[zh_CN\]=' 'Comment\[zh_CN\]=' 'Keywords\[zh_CN\]=' 'Name\[zh_CN\]='; do
    grep -q "^$entry" "$share/applications/easyfirst.desktop" || fail "the menu entry has no $entry"
done
# what the menu starts is taken by the program's command line
sed -n 's/^Exec=easyfirst *\(%f\)\{0,1\}//p' "$share/applications/easyfirst.desktop" | while read -r options; do
    eval "\"\$prefix/bin/easyfirst\" --headless $options" >/dev/null 2>"$here/stderr" || cat "$here/stderr"
done | grep . && fail "a desktop action"

# of no publisher: without an address of its own, which is a warning since AppStream 1.0
override=()
[[ $(appstreamcli --version) =~ \ 0\. ]] || override=(--override url-homepage-missing=info)
said=$(appstreamcli validate --no-net "${override[@]}" \
    "$share/metainfo/org.example.easyfirst.metainfo.xml" 2>&1) || fail "appstreamcli: $said"
xmllint --noout "$share/metainfo/org.example.easyfirst.metainfo.xml" "$share/mime/packages/easyfirst-types.xml" \
    "$share/icons/hicolor/scalable/apps/easyfirst.svg" || fail "xmllint"
version=$("$prefix/bin/easyfirst" --version | sed -n '1s/easyfirst //p')
grep -q "<release version=\"$version\" date=\"20" "$share/metainfo/org.example.easyfirst.metainfo.xml" || fail "metainfo: not of $version"
sed -n '1s/^easyfirst (\(.*\)) .*/\1/p' "$root/assets/debian/changelog" | grep -qx "$version" || fail "debian/changelog: not of $version"

# With a publisher's address there is a screenshot; with other folders the program looks there.
cmake -S "$root" -B "$here/other" -DEASYFIRST_TESTS=OFF -DEASYFIRST_ADDRESS=https://example.org/easyfirst \
    -DEASYFIRST_ID=org.example.another -DCMAKE_INSTALL_BINDIR=games/bin -DCMAKE_INSTALL_DATADIR=data \
    -DCMAKE_EXPORT_COMPILE_COMMANDS=ON >"$here/log" 2>&1 || fail "cmake: $(tail -n 3 "$here/log")"
said=$(appstreamcli validate --no-net "$here/other/docs/org.example.another.metainfo.xml" 2>&1) || fail "appstreamcli: $said"
grep -q '<image>https://example.org/easyfirst/assets/window.png</image>' "$here/other/docs/org.example.another.metainfo.xml" ||
    fail "no screenshot"
grep -q 'EASYFIRST_SHARE=[\"]*\.\./\.\./data/easyfirst' "$here/other/compile_commands.json" || fail "the way to other folders"
grep -q 'EASYFIRST_LOCALE=[\"]*\.\./\.\./share/locale' "$here/other/compile_commands.json" || fail "the way to the languages"

# The Debian package is built with what app/setup.sh installs; compilers are there always.
control=$(sed -n '/^Build-Depends:/,/^[^ B]/p' "$root/assets/debian/control" | tr ',' '\n' |
    sed -n 's/^\(Build-Depends:\)\{0,1\} *\([a-z0-9.+-]*\).*/\2/p' | sort)
setup=$(bash -c '. "$1/app/setup.sh"; printf "%s\n" "${BUILD_PACKAGES[@]}" debhelper-compat' bash "$root" | sort)
for package in $(comm -3 <(echo "$control") <(echo "$setup")); do
    case $package in
    gcc | libc6-dev | fonts-wqy-microhei) ;; # the last is for letters that Roboto has not: suggested
    *) fail "in one of debian/control's Build-Depends and app/setup.sh, not in both: $package" ;;
    esac
done

# The icons are the SVG's, but for what another version of the tool draws otherwise.
for icon in "$share"/icons/hicolor/*/apps/easyfirst.png; do
    size=${icon%/apps/*}
    size=${size##*x}
    rsvg-convert -w "$size" -h "$size" "$share/icons/hicolor/scalable/apps/easyfirst.svg" -o "$here/icon.png"
    compare -metric PAE "$here/icon.png" "$icon" null: 2>&1 | awk -F '[()]' '{exit !($2 <= 0.02)}' ||
        fail "icon $size is not the SVG's: rsvg-convert -w $size -h $size"
done

# ---- types of files ----
cp "$root/assets/presets/post.ini" "$here/post.ini"
printf '[preset]\ntitle = own\nwatch = A run of your own.\nspeed = 1\n\n[settings]\nepochs = 3\n' >"$here/own.ini"
printf '[Unit]\nDescription=another\n' >"$here/unit.ini"
printf '[preset]\nname=of another program\n' >"$here/other.ini"
printf 'easyfirst session 1\n' >"$here/run.easyfirst"
cp "$here/run.easyfirst" "$here/renamed"
printf 'x,y,label\n1,2,a\n' >"$here/points.csv"
type_of() {
    XDG_DATA_HOME=$share XDG_DATA_DIRS=/usr/share gio info -a standard::content-type "$here/$1" |
        sed -n 's/.*content-type: //p'
}
while read -r file type; do
    [ "$(type_of "$file")" = "$type" ] || fail "$file is $(type_of "$file"), not $type"
done <<'TYPES'
post.ini application/x-easyfirst-preset
own.ini application/x-easyfirst-preset
run.easyfirst application/x-easyfirst-session
renamed application/x-easyfirst-session
points.csv text/csv
TYPES
for file in unit.ini other.ini; do
    [ "$(type_of $file)" != application/x-easyfirst-preset ] || fail "$file is taken for a preset"
done
for type in application/x-easyfirst-preset application/x-easyfirst-session; do
    PATH=$prefix/bin:$PATH XDG_DATA_HOME=$share XDG_DATA_DIRS=/usr/share gio mime $type | grep -q easyfirst.desktop || fail "nothing opens $type"
done

uninstall || fail "uninstall: $(tail -n 3 "$here/log")"
list | diff "$here/before" - >&2 || fail "after uninstalling it is not as before"

# A fresh prefix is gone altogether; what others have put there stays.
install_to "$here/fresh/prefix"
uninstall || fail "uninstall: $(tail -n 3 "$here/log")"
[ ! -e "$here/fresh" ] || fail "left behind: $(find "$here/fresh" | head -n 5)"
install_to "$here/fresh"
touch "$here/fresh/share/easyfirst/presets/of-others.ini"
uninstall || fail "uninstall: $(tail -n 3 "$here/log")"
[ "$(find "$here/fresh" -type f)" = "$here/fresh/share/easyfirst/presets/of-others.ini" ] || fail "others' files do not stay"
rm -f "$build/installed_folders.txt"
exit $failed
