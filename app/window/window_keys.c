#include "app/window/window_private.h"

#include "app/views/view_notes.h"
#include "app/views/view_timeline.h"

#include <string.h>

static const float SCALE_STEP = 1.1f;  /* of Ctrl + and Ctrl - */
static const double HAND_RESTS = 0.15; /* seconds after which a hand that does nothing is no longer at work */

/* The experiment says so if there are too many. */
void window_push(Window *w, Command command) {
    command.gesture = w->gesture;
    experiment_push(&w->experiment, command);
}

void window_push_kind(Window *w, CommandKind kind) {
    window_push(w, (Command){.kind = kind});
}

/* Of the run whose curriculum is in the panel. */
static void hold_chosen(Window *w) {
    const Experiment *e = &w->experiment;
    int run = w->screen.panel.compare.run <= e->other_count ? w->screen.panel.compare.run : 0;
    const Trainer *t = run == 0 ? e->trainer : e->others[run - 1].trainer;
    window_push(w, (Command){.kind = COMMAND_HOLD, .run = run, .hold = !t->hold});
}

static void toggle_fullscreen(Window *w) {
    w->fullscreen = !w->fullscreen;
    SDL_SetWindowFullscreen(w->present.window, w->fullscreen ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
}

void window_present(Window *w, bool presenting) {
    Status status = {0};
    if (!screen_set_presenting(&w->screen, presenting, &status))
        window_say(w, status.message);
    w->dirty = true;
}

/* Keys of the presentation alone; Page keys are what a presenter's remote control sends: on along the run, and back. */
static bool press_presenting(Window *w, const UiKey *key, const Snapshot *snapshot) {
    bool down = key->code == KEY_PAGE_DOWN;
    if (key->code == KEY_CHARACTER && key->character == 'p' && !key->ctrl)
        w->screen.drawer = !w->screen.drawer;
    else if (key->code == KEY_ESCAPE && !snapshot->looking_back)
        window_present(w, false);
    else if (down && !snapshot->looking_back)
        window_push_kind(w, COMMAND_EPOCH);
    else if (down || key->code == KEY_PAGE_UP)
        window_push(w, (Command){.kind = COMMAND_LOOK, .epoch = timeline_step(snapshot, down ? 1 : -1)});
    else
        return false;
    return true;
}

/* Page keys go from note to note where there are any. */
static bool press_notes(const UiKey *key, const Snapshot *snapshot, Intents *intents) {
    bool page = key->code == KEY_PAGE_DOWN || key->code == KEY_PAGE_UP;
    if (!page || !note_place(snapshot).any)
        return false;
    intents->notes = key->code == KEY_PAGE_DOWN ? NOTES_ON : NOTES_BACK;
    return true;
}

/* Where there is a place for it. */
static void toggle_map(Window *w) {
    if (w->screen.presenting || w->experiment.other_count > 0)
        return;
    w->screen.map.open = !w->screen.map.open;
}

static void press_character(Window *w, const UiKey *key, Intents *intents) {
    Experiment *e = &w->experiment;
    switch (key->character) {
    case '.':
        window_push_kind(w, COMMAND_EPOCH);
        break;
    case ',':
        window_push_kind(w, COMMAND_BATCH);
        break;
    case 'r':
        if (key->shift)
            experiment_push(e, new_seed_command(&e->trainer->settings));
        else
            window_push_kind(w, COMMAND_RESET);
        break;
    case 'h':
        hold_chosen(w);
        break;
    case 'd':
        toggle_map(w);
        break;
    case 'u':
        screen_ask_steps(&w->screen, STEPS_ASK_STEPS);
        break;
    case 'w':
        screen_toggle_suspects(&w->screen);
        break;
    case 'n':
        intents->notes = NOTES_EDIT;
        break;
    case 's':
        window_save_png(w);
        break;
    case 'f':
        toggle_fullscreen(w);
        break;
    case '?':
        w->screen.help = !w->screen.help;
        break;
    case 'q':
        window_leave(w, THEN_QUIT, NULL);
        break;
    default:
        brush_key(&w->screen.brush, key->character, e->trainer->data.classes);
        break;
    }
}

static void press_ctrl(Window *w, const UiKey *key) {
    if (key->character == 'z' || key->character == 'y')
        window_push_kind(w, key->shift || key->character == 'y' ? COMMAND_REDO : COMMAND_UNDO);
    else if (key->character == '+' || key->character == '=')
        window_change_scale(w, w->screen.scale * SCALE_STEP);
    else if (key->character == '-')
        window_change_scale(w, w->screen.scale / SCALE_STEP);
    else if (key->character == '0')
        window_change_scale(w, w->cli->scale > 0.0f ? w->cli->scale : window_desktop_scale(w));
    else if (key->character == 's')
        window_file_intent(w, &(Intents){.file = key->shift ? FILE_SAVE_AS : FILE_SAVE});
    else if (key->character == 'o')
        window_file_intent(w, &(Intents){.file = key->shift ? FILE_KEPT : FILE_OPEN});
    else if (key->character == 'e')
        window_file_intent(w, &(Intents){.file = FILE_EXPORT});
    else if (key->character == 'q')
        window_leave(w, THEN_QUIT, NULL);
}

/* After a key of the selection's: the view stays. */
static void follow_selection(Window *w, const Intents *intents) {
    if (intents->edit.count > 0)
        plot_hand_keep(&w->screen.hand);
}

/* Whether a key that is held down goes on: where each time is a step further. All else is done once. */
static bool goes_on(const UiKey *key) {
    switch (key->code) {
    case KEY_LEFT:
    case KEY_RIGHT:
    case KEY_UP:
    case KEY_DOWN:
    case KEY_PAGE_UP:
    case KEY_PAGE_DOWN:
        return true;
    case KEY_CHARACTER:
        return key->character > 0 && key->character < 128 && strchr(key->ctrl ? "zy+=-" : ".,[]", (int)key->character);
    default:
        return false;
    }
}

/* Keys that no widget has taken. */
void window_shortcuts(Window *w, const UiInput *input, const Snapshot *snapshot, Intents *intents) {
    for (int i = 0; i < input->key_count; i++) {
        const UiKey *key = &input->keys[i];
        if (key->alt || (key->repeat && !goes_on(key)))
            continue;
        w->dirty = true; /* what it changes is laid out in the next frame, and no event need come before */
        if (key->code == KEY_F1)
            w->screen.help = !w->screen.help;
        else if (key->code == KEY_ESCAPE && w->screen.help)
            w->screen.help = false;
        else if (key->code == KEY_ESCAPE && w->reading)
            window_stop_reading(w);
        else if (selection_key(&w->screen.selection, key, &intents->edit))
            follow_selection(w, intents);
        else if (key->code == KEY_ESCAPE && w->screen.brush.tool != TOOL_MOVE)
            w->screen.brush.tool = TOOL_MOVE;
        else if (key->code == KEY_F5)
            window_present(w, !w->screen.presenting);
        else if (press_notes(key, snapshot, intents))
            continue;
        else if (w->screen.presenting && press_presenting(w, key, snapshot))
            continue;
        else if (key->code == KEY_ESCAPE || key->code == KEY_END)
            window_push(w, (Command){.kind = COMMAND_LOOK, .epoch = -1});
        else if (key->shift && (key->code == KEY_LEFT || key->code == KEY_RIGHT))
            window_push(
                w, (Command){.kind = COMMAND_LOOK, .epoch = timeline_step(snapshot, key->code == KEY_LEFT ? -1 : 1)});
        else if (key->code == KEY_SPACE)
            window_push_kind(w, w->experiment.mode != MODE_PAUSED ? COMMAND_PAUSE
                                : snapshot->looking_back          ? COMMAND_REPLAY
                                                                  : COMMAND_PLAY);
        else if (key->code == KEY_CHARACTER && key->ctrl && key->character == 'a')
            screen_select_all(&w->screen, snapshot);
        else if (key->code == KEY_CHARACTER && key->ctrl && key->character == 'c') {
            if (screen_is_at_plot(&w->screen))
                window_copy_picture(w);
        } else if (key->code == KEY_CHARACTER && key->ctrl)
            press_ctrl(w, key);
        else if (key->code == KEY_CHARACTER)
            press_character(w, key, intents);
    }
}

/* Whether what the person does now is something new: a press, a key (but not its repetition), the wheel after
 * a rest. */
void window_follow_gesture(Window *w, const UiInput *input) {
    bool begins = input->pressed || input->right_pressed || (input->wheel != 0.0f && input->time - w->turned_at > 0.6);
    for (int i = 0; i < input->key_count; i++)
        begins = begins || (!input->keys[i].repeat && input->keys[i].code != KEY_NONE && !input->down);
    if (input->wheel != 0.0f)
        w->turned_at = input->time;
    w->gesture += begins;
}

bool window_under_hand(Window *w, const UiInput *input) {
    bool moved = input->mouse_x != w->hand_x || input->mouse_y != w->hand_y;
    bool button = input->pressed || input->released || input->right_pressed || input->right_released;
    if (button || ((input->down || input->right_down) && moved) || input->wheel != 0.0f || input->key_count > 0 ||
        input->text[0])
        w->acted_at = input->time;
    w->hand_x = input->mouse_x;
    w->hand_y = input->mouse_y;
    return w->acted_at > 0.0 && input->time - w->acted_at < HAND_RESTS;
}
