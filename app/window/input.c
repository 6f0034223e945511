#include "app/window/input.h"

#include "core/utf8.h"
#include <math.h>
#include <string.h>

static void take_button(UiInput *input, const SDL_MouseButtonEvent *event) {
    bool down = event->state == SDL_PRESSED;
    input->mouse_x = (float)event->x;
    input->mouse_y = (float)event->y;
    if (event->button == SDL_BUTTON_LEFT) {
        input->down = down;
        input->pressed |= down;
        input->released |= !down;
        if (down)
            input->clicks = event->clicks;
        SDL_CaptureMouse(down ? SDL_TRUE : SDL_FALSE); /* a drag goes on outside the window */
    } else if (event->button == SDL_BUTTON_RIGHT) {
        input->right_down = down;
        input->right_pressed |= down;
        input->right_released |= !down;
    } else if (event->button == SDL_BUTTON_MIDDLE) {
        input->middle_pressed |= down;
    }
}

static void take_finger(InputDevices *devices, const SDL_TouchFingerEvent *event) {
    Touch *touch = &devices->touch;
    float x = event->x * (float)devices->width,
          y = event->y * (float)devices->height; /* SDL's are parts of the window */
    if (event->type == SDL_FINGERDOWN) {
        touch_down(touch, (int64_t)event->fingerId, x, y);
    } else {
        touch_move(touch, (int64_t)event->fingerId, x, y);
        if (event->type == SDL_FINGERUP)
            touch_up(touch, (int64_t)event->fingerId);
    }
}

static void take_window(InputDevices *devices, UiInput *input, InputEvents *events, const SDL_WindowEvent *event) {
    switch (event->event) {
    case SDL_WINDOWEVENT_SIZE_CHANGED:
        events->resized = true;
        break;
    case SDL_WINDOWEVENT_EXPOSED:
    case SDL_WINDOWEVENT_SHOWN:
    case SDL_WINDOWEVENT_RESTORED:
        events->exposed = true;
        break;
    case SDL_WINDOWEVENT_ENTER:
        input->mouse_inside = true;
        break;
    case SDL_WINDOWEVENT_LEAVE:
        input->mouse_inside = false;
        break;
    case SDL_WINDOWEVENT_FOCUS_GAINED:
        events->focused = true;
        break;
    case SDL_WINDOWEVENT_FOCUS_LOST:
        touch_cancel(&devices->touch);
        /* releases may never arrive */
        input->released |= input->down;
        input->right_released |= input->right_down;
        input->down = input->right_down = false;
        break;
    default:
        break;
    }
}

void input_compose(UiInput *input, const char *text, int caret) {
    size_t bytes = utf8_whole(text, sizeof input->preedit - 1), at = 0;
    memcpy(input->preedit, text, bytes);
    input->preedit[bytes] = '\0';
    for (; caret > 0 && input->preedit[at]; caret--)
        at += utf8_length(input->preedit + at, bytes - at);
    input->preedit_caret = (int)at;
}

static void take(InputDevices *devices, UiInput *input, InputEvents *events, const SDL_Event *event) {
    switch (event->type) {
    case SDL_QUIT:
        events->quit = true;
        break;
    case SDL_WINDOWEVENT:
        take_window(devices, input, events, &event->window);
        break;
    case SDL_MOUSEMOTION:
        input->mouse_x = (float)event->motion.x;
        input->mouse_y = (float)event->motion.y;
        input->mouse_inside = true;
        input->touch = false;
        break;
    case SDL_FINGERDOWN:
    case SDL_FINGERMOTION:
    case SDL_FINGERUP:
        take_finger(devices, &event->tfinger);
        break;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        input->touch = false;
        take_button(input, &event->button);
        break;
    case SDL_MOUSEWHEEL:
        input->wheel +=
            event->wheel.direction == SDL_MOUSEWHEEL_FLIPPED ? -event->wheel.preciseY : event->wheel.preciseY;
        break;
    case SDL_KEYDOWN:
        if (input->key_count < UI_MAX_KEYS)
            input->keys[input->key_count++] = keyboard_read(devices->keyboard, &event->key);
        break;
    case SDL_TEXTINPUT: {
        size_t have = strlen(input->text), more = strlen(event->text.text);
        if (have + more < sizeof input->text)
            memcpy(input->text + have, event->text.text, more + 1);
        input->preedit[0] = '\0';
        break;
    }
    case SDL_TEXTEDITING:
        input_compose(input, event->edit.text, event->edit.start);
        break;
    case SDL_TEXTEDITING_EXT:
        input_compose(input, event->editExt.text, event->editExt.start);
        SDL_free(event->editExt.text);
        break;
    case SDL_DROPFILE:
        SDL_free(events->dropped);
        events->dropped = event->drop.file;
        break;
    default:
        break;
    }
}

/* What ends the editing of a field, closes or goes on: a key behind it is meant for what is there then. */
static bool leads_on(const UiInput *input) {
    UiKeyCode last = input->key_count > 0 ? input->keys[input->key_count - 1].code : KEY_NONE;
    return last == KEY_ENTER || last == KEY_ESCAPE || last == KEY_TAB;
}

/* Whether an event has to wait for the next frame: its position or order would be lost in this one. */
static bool must_wait(const InputDevices *devices, const UiInput *input, Uint32 type) {
    bool button =
        input->pressed || input->released || input->right_pressed || input->right_released || input->middle_pressed;
    switch (type) {
    case SDL_MOUSEMOTION:
        return button;
    case SDL_MOUSEBUTTONDOWN:
        return button || input->key_count > 0;
    case SDL_FINGERDOWN:
    case SDL_FINGERMOTION:
    case SDL_FINGERUP:
        return touch_busy(&devices->touch, type == SDL_FINGERUP);
    case SDL_MOUSEBUTTONUP:
        return input->released || input->right_released;
    case SDL_KEYDOWN:
        return button || input->key_count == UI_MAX_KEYS || input->text[0] || leads_on(input);
    case SDL_TEXTINPUT:
        return strlen(input->text) + SDL_TEXTINPUTEVENT_TEXT_SIZE > sizeof input->text;
    default:
        return false;
    }
}

/* The pointer's place, from the window's units. */
static void scale_pointer(SDL_Event *event, float pixels) {
    Sint32 *x = event->type == SDL_MOUSEMOTION ? &event->motion.x : &event->button.x;
    Sint32 *y = event->type == SDL_MOUSEMOTION ? &event->motion.y : &event->button.y;
    if (event->type != SDL_MOUSEMOTION && event->type != SDL_MOUSEBUTTONDOWN && event->type != SDL_MOUSEBUTTONUP)
        return;
    *x = (Sint32)lroundf((float)*x * pixels);
    *y = (Sint32)lroundf((float)*y * pixels);
}

InputEvents input_collect(InputDevices *devices, UiInput *input, int wait_ms) {
    InputEvents events = {0};
    input->pressed = input->released = input->right_pressed = input->right_released = false;
    input->middle_pressed = false;
    input->wheel = 0.0f;
    input->key_count = 0;
    input->text[0] = '\0';
    SDL_Event event;
    if (wait_ms > 0)
        SDL_WaitEventTimeout(NULL, wait_ms);
    SDL_PumpEvents();
    while (SDL_PeepEvents(&event, 1, SDL_PEEKEVENT, SDL_FIRSTEVENT, SDL_LASTEVENT) == 1) {
        if (must_wait(devices, input, event.type)) {
            events.more = true;
            break;
        }
        SDL_PeepEvents(&event, 1, SDL_GETEVENT, SDL_FIRSTEVENT, SDL_LASTEVENT);
        scale_pointer(&event, devices->pixels);
        take(devices, input, &events, &event);
        events.any = true;
    }
    SDL_Keymod modifiers = SDL_GetModState();
    input->shift = (modifiers & KMOD_SHIFT) != 0;
    input->ctrl = (modifiers & KMOD_CTRL) != 0;
    return events;
}
