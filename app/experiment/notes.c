#include "app/experiment/notes.h"

#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

void notes_free(Notes *n) {
    for (int i = 0; i < n->count; i++)
        free(n->notes[i].text);
    free(n->notes);
    *n = (Notes){0};
}

bool notes_copy(Notes *copy, const Notes *n, uint32_t until, Status *status) {
    *copy = (Notes){0};
    int count = 0;
    while (count < n->count && n->notes[count].epoch <= until)
        count++;
    if (count == 0)
        return true;
    copy->notes = calloc((size_t)count, sizeof *copy->notes);
    for (int i = 0; copy->notes && i < count; i++) {
        copy->notes[i] = (Note){n->notes[i].epoch, strdup(n->notes[i].text)};
        copy->count += copy->notes[i].text != NULL;
        if (!copy->notes[i].text)
            break;
    }
    if (copy->count == count)
        return true;
    notes_free(copy);
    return status_no_memory(status, "the notes");
}

void notes_cut(Notes *n, uint32_t epoch) {
    while (n->count > 0 && n->notes[n->count - 1].epoch > epoch)
        free(n->notes[--n->count].text);
}

int notes_before(const Notes *n, int64_t epoch) {
    int i = n->count;
    while (i > 0 && (int64_t)n->notes[i - 1].epoch >= epoch)
        i--;
    return i - 1;
}

int notes_after(const Notes *n, int64_t epoch) {
    int i = notes_before(n, epoch + 1) + 1;
    return i < n->count ? i : -1;
}

int notes_at(const Notes *n, int64_t epoch) {
    int i = notes_before(n, epoch + 1);
    return i >= 0 && (int64_t)n->notes[i].epoch == epoch ? i : -1;
}

static bool insert(Notes *n, uint32_t epoch, char *text, Status *status) {
    if (n->count == NOTES_MAX)
        return status_fail(status, STATUS_FAILED, "A run can have %d notes: remove one first.", NOTES_MAX);
    Note *longer = realloc(n->notes, (size_t)(n->count + 1) * sizeof *longer);
    if (!longer)
        return status_no_memory(status, "the note");
    n->notes = longer;
    int at = notes_before(n, epoch) + 1;
    memmove(longer + at + 1, longer + at, (size_t)(n->count++ - at) * sizeof *longer);
    longer[at] = (Note){epoch, text};
    return true;
}

bool notes_exchange(Notes *n, uint32_t epoch, char **text, Status *status) {
    int i = notes_at(n, epoch);
    if (i < 0 && *text && !insert(n, epoch, *text, status))
        return false;
    char *before = i < 0 ? NULL : n->notes[i].text;
    if (i >= 0 && *text)
        n->notes[i].text = *text;
    else if (i >= 0)
        memmove(n->notes + i, n->notes + i + 1, (size_t)(--n->count - i) * sizeof *n->notes);
    *text = before;
    return true;
}

void note_fit(const char *text, char fitted[NOTE_BYTES + 1]) {
    size_t length = utf8_whole(text, NOTE_BYTES);
    memcpy(fitted, text, length);
    fitted[length] = '\0';
}
