#!/usr/bin/env bash
# The man page and the completions as others read them: groff and man without a warning; bash, zsh and fish, which complete
# real lines. Each option of --help is in all of them.
set -u
docs=$1
program=$2
here=$(mktemp -d /tmp/easyfirst-docs-XXXXXX) || exit 1
trap 'rm -rf "$here"' EXIT
export HOME=$here XDG_CONFIG_HOME=$here/config XDG_STATE_HOME=$here/state LC_ALL=C.UTF-8
failed=0
fail() {
    printf 'FAILED: %s\n' "$*" >&2
    failed=1
}

# What is completed: a program that shows its arguments, but for the lists that completions ask it for.
mkdir -p "$here/bin" "$here/files/moons.d" "$here/config/easyfirst/presets"
cat >"$here/bin/easyfirst" <<SHOW
#!/bin/sh
case \$* in
--list-presets | "--lesson list") exec "$program" "\$@" ;;
esac
printf '<%s>\n' "\$*"
SHOW
chmod +x "$here/bin/easyfirst"
export PATH=$here/bin:$PATH
cd "$here/files" || exit 1
touch moons.csv moons.png moons.gif moons.ini moons.log moons.easyfirst 'two words.csv'
printf '[preset]\ntitle = Own\nwatch = Mine: own.\n[settings]\nepochs = 3\n' >"$here/config/easyfirst/presets/mine-own.ini"

"$program" --help | sed -n 's/^  \(--[a-z0-9-]*\).*/\1/p' | sort >"$here/options"
[ "$(wc -l <"$here/options")" -ge 90 ] || fail "--help has fewer options than there are"
same_options() { # WHO: those on standard input
    grep -oE -- '--[a-z0-9-]+' | sort -u | diff "$here/options" - >&2 || fail "$1: other options than --help's"
}

# ---- what writes them ----
writer=$(dirname "$docs")/docs_writer
date=$(sed -n 's/^\.TH EASYFIRST 1 \([0-9-]*\) .*/\1/p' "$docs/easyfirst.1")
again() { # FILE WORD...: the same once more
    "$writer" "$2" "$here/again" "${@:3}" && cmp "$here/again" "$docs/$1" || fail "docs_writer ${*:2}: another $1"
}
again easyfirst bash && again easyfirst.fish fish && again _easyfirst zsh
again easyfirst.1 man "$date" && again zh_CN/easyfirst.1 man "$date" zh_CN
for words in "bash" "bash /nowhere/x" "man $here/x" "csh $here/x" "man $here/x $date xx"; do
    "$writer" $words 2>"$here/said" && fail "docs_writer $words ends with 0"
done
"$writer" bash /dev/full 2>"$here/said" && fail "a full disk does no harm to docs_writer"

# ---- the man page ----
said=$(groff -ww -K utf8 -Tutf8 -man "$docs/easyfirst.1" 2>&1 >/dev/null) && [ -z "$said" ] || fail "groff: $said"
said=$(man --warnings -E UTF-8 -l -Tutf8 -Z "$docs/easyfirst.1" 2>&1 >/dev/null) && [ -z "$said" ] || fail "man: $said"
MANWIDTH=200 man -l "$docs/easyfirst.1" 2>/dev/null | col -bx >"$here/page"
for title in NAME SYNOPSIS DESCRIPTION OPTIONS SETTINGS FILES ENVIRONMENT 'EXIT STATUS' EXAMPLES 'SEE ALSO'; do
    grep -qx "$title" "$here/page" || fail "the man page has no $title"
done
grep -oE '^       --[a-z0-9-]+' "$here/page" | same_options "the man page"
grep -qF 'The threshold is multiplied by this after each epoch. 0.01 to 1000. [1.35]' "$here/page" ||
    fail "the man page: range and default of --growing-factor"
[ "$(lexgrog "$docs/easyfirst.1" | grep -c 'easyfirst - watch')" -eq 1 ] || fail "whatis does not find the man page's name"
# likewise in each language: with the same options, its own words, and lines no longer than the page
for page in "$docs"/*/easyfirst.1; do
    code=$(basename "$(dirname "$page")")
    said=$(man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>&1 >/dev/null) && [ -z "$said" ] || fail "man, $code: $said"
    MANWIDTH=80 man -E UTF-8 -l "$page" 2>/dev/null | col -bx >"$here/$code"
    grep -oE '^       --[a-z0-9-]+' "$here/$code" | same_options "the man page, $code"
    grep -xE 'NAME|OPTIONS|.*User Commands.*' "$here/$code" && fail "the man page, $code: English"
    [ "$(grep -v "^           easyfirst --" "$here/$code" | wc -L)" -le 80 ] || fail "the man page, $code: lines are longer than the page"
    [ "$(lexgrog -E UTF-8 "$page" | grep -c 'easyfirst - ')" -eq 1 ] || fail "whatis does not find the name of the man page, $code"
done
# its examples are taken, but for those that open a window or read a file that is not here
sed -n '/^EXAMPLES/,/^SEE/s/^ *easyfirst --headless/--headless/p' "$here/page" >"$here/examples"
[ "$(wc -l <"$here/examples")" -ge 3 ] || fail "the man page has fewer examples than there are"
while read -r line; do
    eval "timeout 100 \"\$program\" ${line//seeds=1..1000/seeds=1..2}" >/dev/null 2>"$here/stderr" </dev/null ||
        fail "the example $line: $(<"$here/stderr")"
done <"$here/examples"
rm -f post.gif post.csv rows.csv

# ---- bash ----
bash -n "$docs/easyfirst" || fail "bash -n"
by_bash() { # LINE: its candidates, the words taken apart as readline does
    bash --norc -c '
        . /usr/share/bash-completion/bash_completion && . "$1" || exit 1
        COMP_LINE=$2 COMP_POINT=${#2} COMP_TYPE=9 COMP_KEY=9
        line=${2//=/ = }
        read -ra COMP_WORDS <<<"$line"
        [[ $line != *" " || $line == *" = " ]] || COMP_WORDS+=("")
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        compopt() { :; } # which only a shell that completes has
        _easyfirst easyfirst "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf "%s\n" "${COMPREPLY[@]}"' bash "$docs/easyfirst" "$1" | sort | paste -sd ' '
}
# ---- fish ----
fish -n "$docs/easyfirst.fish" || fail "fish -n"
by_fish() { # LINE: likewise
    fish --no-config -c 'source $argv[1]; complete -C "$argv[2]"' "$docs/easyfirst.fish" "$1" | cut -f 1 | sort | paste -sd ' '
}
expect_of_fish() { # LINE CANDIDATES
    local found
    found=$(by_fish "$1" | sed 's/--[a-z-]*=//g; s:/ : :g')
    [ "$found" = "$2" ] || fail "fish completes '$1' by '$found', not '$2'"
}
expect() { # LINE CANDIDATES: of bash and fish
    local found
    found=$(by_bash "$1")
    [ "$found" = "$2" ] || fail "bash completes '$1' by '$found', not '$2'"
    expect_of_fish "$1" "$2"
}
by_bash "easyfirst --" | tr ' ' '\n' | same_options bash
by_fish "easyfirst --" | tr ' ' '\n' | same_options fish
expect 'easyfirst --theme ' 'auto dark light'
expect 'easyfirst --motion ' 'auto full reduced'
expect 'easyfirst --theme=d' 'dark'
expect 'easyfirst --share-curve ' 'geometric linear root'
expect 'easyfirst --regularizer po' 'polynomial'
expect 'easyfirst --header ' 'no yes'
expect 'easyfirst --delimiter se' 'semicolon'
expect 'easyfirst --seed ' ''
expect 'easyfirst --headless --gif mo' 'moons.d moons.gif'
expect 'easyfirst --headless --gif ./' './moons.d ./moons.gif'
expect_of_fish 'easyfirst --headless --gif ' 'moons.d moons.gif' # Ubuntu's bash quotes an empty word; only readline takes that off
expect 'easyfirst --preset mi' 'mine-own'
expect 'easyfirst --preset moo' 'moons.d moons.ini'
expect 'easyfirst --lesson col' 'collapse'
expect 'easyfirst --replay mo' 'moons.d moons.easyfirst moons.log'
expect 'easyfirst mo' 'moons.csv moons.d moons.easyfirst moons.ini'

# ---- zsh: a line is typed with tabs where | stands, and run ----
zsh -n "$docs/_easyfirst" || fail "zsh -n"
cat >"$here/zsh" <<'TYPE'
zmodload zsh/zpty
zpty z zsh -f -i
type() { zpty -w z "$1"; }
until_seen() { # what comes up to a line with the pattern, which is in $match
    local all=
    while zpty -r z part; do
        all+=$part
        [[ $all =~ $1 ]] && { print -r -- "${match[1]}"; return }
    done
}
type "PROMPT= RPROMPT=; unsetopt zle_bracketed_paste; stty -echo rows 300 cols 200; LISTMAX=1000; zstyle ':completion:*' menu no"
type "fpath=(${(q)1} \$fpath); autoload -Uz compinit; compinit -u -D; setopt no_beep no_list_ambiguous; print REA''DY"
until_seen '(READY)' >/dev/null
shift
tab=$'\t'
for line in "$@"; do
    type ${line//|/$tab}
    until_seen '<([^>]*)>'
done
type $'easyfirst --\t' # shows a list
until_seen '(.*)<--' # and is run
zpty -d z
TYPE
lines=('easyfirst --theme d|' 'easyfirst --regularizer=pol|' 'easyfirst --headless --gif moo|g|'
    'easyfirst --preset mine|' 'easyfirst --lesson coll|' 'easyfirst --scores o|f|' 'easyfirst two|' 'easyfirst moons.c|')
TERM=xterm timeout 60 zsh -f "$here/zsh" "$docs" "${lines[@]}" >"$here/zsh.out" 2>"$here/zsh.err" </dev/null
cat >"$here/zsh.want" <<'WANT'
--theme dark
--regularizer=polynomial
--headless --gif moons.gif
--preset mine-own
--lesson collapse
--scores off
two words.csv
moons.csv
WANT
head -n 8 "$here/zsh.out" | sed 's/ *$//' | diff "$here/zsh.want" - >&2 || fail "zsh completes otherwise"
tail -n +9 "$here/zsh.out" | same_options zsh
exit $failed
