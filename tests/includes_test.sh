#!/usr/bin/env bash
# tests/includes says so when a rule is broken: a copy of the sources with one wrong line after the other.
set -u
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P) || exit 1
work=$(mktemp -d "${TMPDIR:-/tmp}/easyfirst includes.XXXXXX")
trap 'rm -rf "$work"' EXIT
cp -r "$root"/{CMakeLists.txt,app,core,tests} "$work" || exit 1
cd "$work" || exit 1

"$root/tests/includes" "$work" || exit 1 # nothing is wrong yet
refuses() { # FILE LINE WORDS: what is said when the line stands at the top of the file
    cp "$1" kept
    printf '%s\n%s\n' "$2" "$(<kept)" >"$1"
    local said
    if said=$("$root/tests/includes" "$work") || ! grep -qF "$3" <<<"$said"; then
        printf 'FAILED: %s in %s: %s\n' "$2" "$1" "${said:-not refused}" >&2
        exit 1
    fi
    cp kept "$1"
}
refuses app/ui/ui_list.c '#include "app/experiment/experiment.h"' 'app/ui/ui_list.c:1: room(ui "draw") does not import experiment'
refuses app/plot/plot.c '#include "app/ui/ui.h"' 'app/plot/plot.c:1: room(plot "draw;experiment") does not import ui'
refuses app/io/cli.c '#include "app/views/intents.h"' 'app/io/cli.c:1: room(io "plot") does not import views'
refuses app/window/window.c '#include "app/headless/headless.h"' 'app/window/window.c:1: room(window "views") does not import headless'
refuses app/base/clock.c '#include "core/trainer.h"' 'app/base/clock.c:1: app/base takes core/status.h and core/utf8.h alone from the core'
refuses core/trainer.c '#include "app/base/clock.h"' 'core/trainer.c:1: core does not include app'
refuses core/kernels/kernels.c '#include "core/trainer.h"' 'core/kernels/kernels.c:1: core/kernels takes nothing from outside itself'
refuses app/views/brush.c '#include "app/ui/ui_private.h"' 'app/views/brush.c:1: app/ui/ui_private.h is private to its room'
refuses app/draw/text.c '#include "text.h"' 'app/draw/text.c:1: "text.h" is not named from the root'
refuses tests/unit/draw/test_text.c '#include "app/io/cli.h"' 'tests/unit/draw/test_text.c:1: room(draw "base") does not import io'
refuses app/draw/canvas.h '#include "app/draw/text.h"' 'a circle: '
