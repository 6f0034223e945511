/* Widgets of a scene and a pointer on them. Include after cmocka.h, `scene` with its .ui and .input. */
#ifndef EASYFIRST_UI_SCENE_H
#define EASYFIRST_UI_SCENE_H

#include "tests/support/widgets.h"

/* NULL: there is none of that name. */
static inline const UiWidget *find(const char *name) {
    return find_widget(&scene.ui, name);
}

static inline void point_at(const char *name) {
    const UiWidget *widget = find(name);
    if (!widget)
        fail_msg("no widget %s", name);
    scene.input.mouse_inside = true;
    scene.input.mouse_x = widget->rect.x + widget->rect.w / 2;
    scene.input.mouse_y = widget->rect.y + widget->rect.h / 2;
}

#endif
