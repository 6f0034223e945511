#!/usr/bin/env bash
# Every word that is shown has a translation in every language, and what is shown without a window is translated.
set -u
program=$1
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P) || exit 1
work=$(mktemp -d "${TMPDIR:-/tmp}/easyfirst-languages.XXXXXX")
trap 'rm -rf "$work"' EXIT
failed=0
fail() {
    printf 'FAILED: %s\n' "$*" >&2
    failed=1
}

"$root/assets/languages/update" --template "$work/all.pot" 2>"$work/said" || fail "update: $(<"$work/said")"
grep -q warning "$work/said" && fail "update: $(<"$work/said")"
"$root/tests/unmarked_words" "$work/all.pot" "$root" core app || fail 'words are not marked for translation'

# The words of the exported page, which its script looks up by themselves.
"$root/tests/support/page_words.py" "$root/assets/page" >"$work/page"
sed -n 's/^    N_("\(.*\)"),$/\1/p' "$root/app/io/page_words.c" | diff - "$work/page" >&2 ||
    fail "app/io/page_words.c is not what assets/page has (tests/support/page_words.py assets/page)"

# Messages of settings that make no sense together begin with a setting's name, which -- is put before.
xgettext --language=C --keyword=status_fail:3 --no-wrap -o "$work/check.pot" "$root/core/config_check.c"
begins_with_names() { # LANGUAGE.po
    local english='' text
    while IFS= read -r text; do
        case $text in
        'msgid "'?*) english=${text#msgid \"} ;;
        'msgstr "'?*)
            text=${text#msgstr \"}
            [ "${text%% *}" = "${english%% *}" ] || fail "$1: does not begin with ${english%% *}: $text"
            ;;
        esac
    done < <(msgmerge --quiet --no-fuzzy-matching --no-wrap "$1" "$work/check.pot" 2>/dev/null |
        msgattrib --no-wrap --no-obsolete --translated)
}

for po in "$root"/assets/languages/*.po; do
    code=$(basename "$po" .po)
    msgfmt --check-format --check-header --check-domain -o "$work/all.mo" "$po" || fail "$code: msgfmt"
    msgmerge --quiet --no-fuzzy-matching -o "$work/$code.po" "$po" "$work/all.pot"
    left=$(msgattrib --no-wrap --untranslated "$work/$code.po" | grep '^msgid "' | grep -v '^msgid ""$')
    [ -z "$left" ] || fail "$code: $(wc -l <<<"$left") words without a translation, the first: $(head -n 1 <<<"$left")"
    [ -z "$(msgattrib --only-fuzzy "$po")" ] || fail "$code: fuzzy translations"
    begins_with_names "$po"

    # Of the help no line of words is the English one.
    "$program" --help --language en >"$work/en" && "$program" --help --language "$code" >"$work/help" || fail "$code: --help"
    same=$(comm -12 <(sort -u "$work/en") <(sort -u "$work/help") | grep -E '[a-z]{2,} [a-z]{2,} [a-z]{2,}')
    [ -z "$same" ] || fail "$code: English in the help: $same"
    diff <(grep -oE '^  --[a-z-]+' "$work/en") <(grep -oE '^  --[a-z-]+' "$work/help") || fail "$code: other options in the help"
    "$program" --language "$code" --headless --samples 0 2>"$work/said" && fail "$code: --samples 0"
    grep -q 'is below' "$work/said" && fail "$code: English: $(<"$work/said")"

    # Tables are C in every language.
    for table in trace points weights parameters model; do
        "$program" --headless --samples 100 --epochs 2 --$table "$work/$table.en" --force || fail "--$table"
        "$program" --headless --samples 100 --epochs 2 --$table "$work/$table.other" --force --language "$code"
        cmp "$work/$table.en" "$work/$table.other" || fail "$code: --$table is another"
    done
done
exit $failed
