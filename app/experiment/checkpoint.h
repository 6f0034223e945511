/* The whole experiment as bytes and back, to the last bit: runs with all that decides how they go on, histories, the
 * runs beside the first, undo and redo, what was done by hand, where the points come from. So a long run need not be
 * replayed from its beginning: a session holds a checkpoint beside its log, and only the log's lines behind it are
 * played (tape_go_on).
 *
 * It is read back to the last bit by the kernels that have trained it; by others, losses are a little otherwise, as in
 * a replay. What is not in it is the owner's: the queue, the clock, the epoch that is looked at, what is watched, the
 * log; the run is paused.
 *
 *     "easyfirst state\n", the version, the number of all bytes    core/pack.h says how numbers stand
 *     the fields, as checkpoint.c and core/state_pack.h name them
 *     a sum of all bytes before it */
#ifndef EASYFIRST_CHECKPOINT_H
#define EASYFIRST_CHECKPOINT_H

#include "app/experiment/experiment.h"
#include "core/pack.h"

typedef struct Bytes { /* size of them; owned */
    char *bytes;
    size_t size;
} Bytes;

/* About how many bytes a checkpoint takes, or a copy for one: never too few, and too many where runs share much. It
 * takes no longer with more points. */
size_t checkpoint_bytes(const Experiment *experiment);

/* *bytes is overwritten; on failure it is empty. bytes->bytes is to be freed. Fails only without memory. */
bool checkpoint_write(const Experiment *experiment, Bytes *bytes, Status *status);

/* The same in parts, so that nothing has to wait for long. A copy is begun, which takes little time, and goes on with
 * about so many bytes at a time (a few MB a ms) until that returns true; until then nothing may change.
 * Then any thread can make the bytes of checkpoint_write of it. A copy that is not gone on with need only be freed. */
typedef struct CheckpointCopy { /* a zeroed one is empty */
    Pack pack;                  /* its bytes are owned */
} CheckpointCopy;

bool checkpoint_copy_begin(CheckpointCopy *copy, const Experiment *experiment, Status *status);
bool checkpoint_copy_go_on(CheckpointCopy *copy, size_t bytes);
bool checkpoint_copy_pack(CheckpointCopy *copy, Bytes *bytes, Status *status); /* and frees the copy */
void checkpoint_copy_free(CheckpointCopy *copy);

/* As experiment_init: *experiment is overwritten, and paused. What is damaged, or of another version, is refused in one
 * line; *experiment is then empty. */
bool checkpoint_read(Experiment *experiment, const char *bytes, size_t size, Status *status);

#endif
