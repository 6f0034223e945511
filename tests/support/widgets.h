/* Widgets of the last frame, by name. */
#ifndef EASYFIRST_TEST_WIDGETS_H
#define EASYFIRST_TEST_WIDGETS_H

#include "app/ui/ui.h"

#include <string.h>

/* NULL: there is none of that name. */
static inline const UiWidget *find_widget(const Ui *ui, const char *name) {
    for (int i = 0; i < ui->widget_count; i++)
        if (strcmp(ui->widgets[i].name, name) == 0)
            return &ui->widgets[i];
    return NULL;
}

/* Its rect; all 0: there is none. */
static inline Rect widget_rect(const Ui *ui, const char *name) {
    const UiWidget *widget = find_widget(ui, name);
    return widget ? widget->rect : (Rect){0};
}

#endif
