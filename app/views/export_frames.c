#include "app/views/export_frames.h"

#include "app/base/format.h"
#include "app/base/language.h"
#include "app/io/animation.h"
#include "app/ui/ui_widget.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void take_most(Ui *ui, FrameChoice *frames, const char *typed) {
    char message[96];
    double most;
    if (!typed[0] || strcmp(typed, "all") == 0) {
        frames->most = 0;
    } else if (!parse_number(typed, &most) || most != floor(most) || most < FRAMES_LEAST || most > FRAMES_MOST) {
        snprintf(message, sizeof message, tr("'%.20s' is neither all nor a whole number, %d to %d"), typed,
                 FRAMES_LEAST, FRAMES_MOST);
        ui_message(ui, "export-most", message);
    } else {
        frames->most = (int)most;
        frames->every = 0;
    }
}

/* How many frames that makes, and how long they last. */
static void say_frames(Column *column, const FrameChoice *choice, bool gif, const History *history) {
    size_t count = 0;
    for (size_t i = 0; history && i < history->count; i++)
        count += frame_chosen(choice, i, history->count, history->records[i].epoch + 1,
                              i > 0 ? history->records[i - 1].epoch + 1 : 0);
    if (count == 0)
        return;
    int each = frame_milliseconds(choice, false), last = frame_milliseconds(choice, true);
    if (gif) {
        each = animation_gif_ms(each);
        last = animation_gif_ms(last);
    }
    char number[32], text[96];
    format_count(count, number);
    snprintf(text, sizeof text, trn("%s frame, %.1f s", "%s frames, %.1f s", count), number,
             ((double)(count - 1) * each + last) / 1000.0);
    Rect rect = column_next(column, 16.0f, UNIT);
    text_draw_in(column->ui->text, column->ui->canvas, TEXT_CAPTION, rect, ALIGN_LEFT, column->ui->theme->muted, text);
    ui_note(column->ui, "export-frames", rect);
}

void export_frames(Column *column, FrameChoice *choice, bool gif, const History *history) {
    Ui *ui = column->ui;
    const UiRange epochs = {1, 100, 1, FRAME_EVERY_MOST, 1, .integer = true};
    const UiRange each = {FRAME_MS_LEAST, FRAME_MS_MOST, FRAME_MS_LEAST, FRAME_MS_MOST, FRAME_MS, .integer = true};
    UiRange last = each;
    last.initial = FRAME_LAST_MS;
    char most[16] = "all", edited[UI_EDIT_MAX];
    Rect left, right;
    column_halves(column, &left, &right);
    int every = (int)ui_number(ui, "export-every", left, tr("Every"), &epochs, choice->every > 0 ? choice->every : 1,
                               tr("A frame for every so many-th epoch, and for the first and the last"));
    if (every > 1 && every != choice->every)
        choice->most = 0;
    choice->every = every > 1 ? every : 0;
    if (choice->most > 0)
        snprintf(most, sizeof most, "%d", choice->most);
    if (ui_field(ui, "export-most", right, tr("At most"), most, edited,
                 tr("At most so many frames, evenly spread over the epochs; all: no limit"))) {
        take_most(ui, choice, edited);
        ui->wants_frame = true;
    }
    column_halves(column, &left, &right);
    choice->frame_ms =
        (int)ui_number(ui, "export-frame-ms", left, tr("Frame, ms"), &each, frame_milliseconds(choice, false),
                       tr("How long a frame is shown, in milliseconds; a GIF rounds that to 10"));
    choice->last_ms =
        (int)ui_number(ui, "export-last-ms", right, tr("Last, ms"), &last, frame_milliseconds(choice, true),
                       tr("How long the last frame is shown, in milliseconds"));
    say_frames(column, choice, gif, history);
}
