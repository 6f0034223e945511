/* The log of a session: all that it takes to repeat it to the last bit, as lines that a person can read and diff.
 *
 * What is done to a run takes effect between two batches, and nothing but the batches trained between two deeds counts:
 * not the clock, the frames, the speed, pauses or looks, nor how the batches were cut into calls. So each deed stands
 * in a line with the place at which it took effect, which is that of the first run: `epoch 3 batch 12`, 3 epochs
 * completed and 12 batches of the next one trained. Places rise from one deed to the next, but where a deed itself
 * (reset, go-on, undo, settings, ...) takes the run elsewhere. The runs beside the first keep step with it by
 * themselves; where one does not (it began later, and catches up as time allows), a line before the deed says where it
 * stands. Of a drag, only what was in force when a batch was trained is kept: the last deed of a gesture at a place.
 *
 *     easyfirst log 1                                 version; a program that knows only older ones refuses the file
 *     kernels avx2                                    that trained it (trainer_kernels): base rounds otherwise; `any`:
 *                                                     it holds for all, and has no fingerprints (a lesson)
 *     setting seed=7                                  each that differs from the defaults, as in presets
 *     points 1 300 3 truth row                        a block: number, points, classes, further columns; then its
 *     ...                                             names, and a line a point
 *     start points 1 file /home/me/iris.csv           where the points are from; alone: generated
 *     epoch 3 batch 12 threshold 0.75 gesture 4
 *     +2 0.76                                         the same two batches later, in the same gesture
 *     epoch 3 batch 20 run B at 2 0 behind
 *     epoch 3 batch 20 threshold 0.5 run B gesture 5
 *     epoch 4 batch 0 note 6 Look at the lone triangle, bottom left.
 *     epoch 5 batch 0 check 1b2c3d4e sum 5f607182     a fingerprint of the models, and a checksum of all bytes before
 *     epoch 9 batch 3 end 1b2c3d4e sum 5f607182       its word `sum`
 *
 * From LOG_PACKED_FROM points on (4,096; log_packed.h) a block has the word `packed` at the end of its first line, and
 * in place of a line a point all x (float32, little-endian), all y, the labels (a byte each), truth, clean and rows
 * (uint32), one behind the other, as base64: lines of 3,072 bytes, each with a `:` before it. So are the places of so
 * many points that are added at once: `add class 1 packed 5000 BASE64 BASE64`, all x and all y.
 *
 * Lines count only up to the last that has the right checksum (recording.h). Names of files and classes stand at the
 * end of their lines, with %XX for control characters and %. Numbers are as short as reads back the same. deed.h has
 * the table of all deeds; a command, an edit or a field that is added there needs no new version, as long as old
 * lines mean what they meant; what an older program does not know, it refuses.
 *
 * A session file can contain a log as it is: as the number of its bytes and the bytes. The text that
 * run_log_text gives after run_log_seal is such a log at any time, and going on appends to it only. */
#ifndef EASYFIRST_RUN_LOG_H
#define EASYFIRST_RUN_LOG_H

#include "app/experiment/deed.h"

struct Experiment;

#define LOG_VERSION 1

typedef struct RunLog RunLog;

/* The log of a run that has just been begun (experiment_init). NULL without memory. The owner puts it into
 * experiment->log, and takes it out before it is freed. */
RunLog *run_log_new(const struct Experiment *experiment, Status *status);
void run_log_free(RunLog *log); /* NULL is fine */

/* A log that goes on behind one that has been played to its end (tape.h), or whose end the run is at in another way
 * (checkpoint.h). text: as it was read, up to its last right checksum (Recording.sound); it is copied. What is appended
 * to it replays as if it had been written in one go, steps to undo included; an end becomes a check. NULL and
 * *status if the run is not where the text ends, also if this machine's kernels round otherwise: then a log that was
 * attached while the tape played is the one that fits. */
RunLog *run_log_go_on(const struct Experiment *experiment, const char *text, size_t size, Status *status);

/* The highest number of a gesture in the steps that can be undone and redone: a hand that goes on begins above it, so
 * that its first drag is no part of the last one before. */
uint32_t run_log_gestures(const struct Experiment *experiment);

/* Settles what has been noted, with a line that says where the run is and checks it. end: it is the last one. Nothing
 * is appended where nothing has changed since the last. */
void run_log_seal(RunLog *log, const struct Experiment *experiment, bool end);

/* The text so far, whole lines; it stays until the log is changed. Growing appends to it. */
const char *run_log_text(const RunLog *log, size_t *size);

/* Whether there was no memory for some of it: it is of no use from there on, and ends with its last seal. */
bool run_log_failed(const RunLog *log);

/* How many deeds have been noted that a person would miss: not those of a tape, nor those that only choose a run, which
 * its settings repeat (reset, a preset, a file, a new seed). */
size_t run_log_deeds(const RunLog *log);
/* All that were noted but those of a tape. */
size_t run_log_own(const RunLog *log);
/* Those of run_log_deeds in steps as a person counts them: a gesture is one. */
size_t run_log_steps(const RunLog *log);

/* ---- shared with the reader ---- */

/* What the settings in a deed's line are differences from. */
Settings deed_base(const struct Experiment *experiment, const Deed *deed);

/* Of all runs as they are now: parameters and thresholds. */
uint32_t run_log_state(const struct Experiment *experiment);

/* A block of points. */
void log_put_points(LogText *text, const Dataset *points);
/* Reads a block from lines, of which there are `count`; behind "points N ". *used: lines read. On failure *used is the
 * index of the wrong one. */
bool log_take_points(Dataset *points, char *const *lines, size_t count, const char *head, size_t *used, Status *status);

#endif
