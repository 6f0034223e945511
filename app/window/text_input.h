/* Text input of the system, with its input methods: on while a field is edited. */
#ifndef EASYFIRST_TEXT_INPUT_H
#define EASYFIRST_TEXT_INPUT_H

#include "app/ui/ui.h"

/* After each frame: begins and ends text input as the frame asks, and says where the caret is, so that what an input
 * method offers stands beside it. What was being composed goes with the field. pixels: of the window's units
 * (present.h). */
void text_input_follow(const Ui *ui, UiInput *input, float pixels);

#endif
