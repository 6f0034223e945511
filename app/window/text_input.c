#include "app/window/text_input.h"

#include <SDL.h>

void text_input_follow(const Ui *ui, UiInput *input, float pixels) {
    bool active = SDL_IsTextInputActive() == SDL_TRUE;
    if (ui->wants_text) {
        const Rect *caret = &ui->text_caret;
        SDL_Rect at = {(int)(caret->x / pixels), (int)(caret->y / pixels), (int)(caret->w / pixels) + 1,
                       (int)(caret->h / pixels)};
        SDL_SetTextInputRect(&at);
    }
    if (ui->wants_text && !active) {
        SDL_StartTextInput();
    } else if (!ui->wants_text && active) {
        SDL_StopTextInput();
        input->preedit[0] = '\0';
    }
}
