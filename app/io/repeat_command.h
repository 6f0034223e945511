/* The command line that repeats a run. */
#ifndef EASYFIRST_REPEAT_COMMAND_H
#define EASYFIRST_REPEAT_COMMAND_H

#include "core/config.h"
#include "app/io/points_csv.h"
#include "app/plot/camera.h"

#include <stdbool.h>

/* "easyfirst --seed 7 ... POINTS.csv", malloc'd, for a shell: the settings that differ from the defaults, in
 * the table's order, quoted where needed. Read back by cli_parse it gives the same settings to the last bit.
 * Each of the runs beside it is given by what of its curriculum differs.
 * With points from a file (NULL: none) the settings that make points are left out, and what was told
 * of the format that it was read with is given (NULL: nothing). aspect: of the plot. by_hand (BY_HAND_*, by_hand.h)
 * is said in a comment behind the line. What a hand has done no setting repeats: then the line replays the session or
 * log that holds it (replay), and nothing else; without one (NULL) the comment says what to do. NULL without memory. */
char *repeat_command_of(const Settings *settings, const Settings *const *others, int other_count,
                        const char *points_path, const PointsFormat *format, Aspect aspect, unsigned by_hand,
                        const char *replay);

/* The one that replays a session or log. */
char *repeat_command_replay(const char *path, Aspect aspect);
/* "easyfirst --lesson post": of a run that is that lesson's alone. As above. */
char *repeat_command_of_lesson(const char *lesson, Aspect aspect);

#endif
