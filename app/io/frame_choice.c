#include "app/io/frame_choice.h"

/* Index of the k-th of `most` frames that are spread over `count` epochs, both at least 2: k (count - 1) / (most - 1),
 * rounded. */
static size_t spread(size_t k, size_t most, size_t count) {
    return (2 * k * (count - 1) + (most - 1)) / (2 * (most - 1));
}

static bool is_spread(size_t index, size_t most, size_t count) {
    size_t k = index * (most - 1) / (count - 1);
    return spread(k, most, count) == index || spread(k + 1, most, count) == index;
}

bool frame_chosen(const FrameChoice *choice, size_t index, size_t count, uint32_t number, uint32_t before) {
    if (index == 0 || index + 1 == count)
        return true;
    size_t most = (size_t)choice->most;
    if (most >= FRAMES_LEAST && count > most)
        return is_spread(index, most, count);
    uint32_t every = choice->every > 0 ? (uint32_t)choice->every : 1;
    return number / every > before / every;
}

int frame_milliseconds(const FrameChoice *choice, bool last) {
    if (last)
        return choice->last_ms > 0 ? choice->last_ms : FRAME_LAST_MS;
    return choice->frame_ms > 0 ? choice->frame_ms : FRAME_MS;
}
