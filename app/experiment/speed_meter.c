#include "app/experiment/speed_meter.h"

#include <stdbool.h>
#include <string.h>

static const double MARK_EVERY = 0.5; /* seconds */
static const double ENOUGH = 0.9;     /* of the speed asked for: it keeps up */

void speed_meter_look(SpeedMeter *m, double time, double asked, double batch) {
    int newest = m->marks - 1;
    if (newest >= 0 && time - m->time[newest] < MARK_EVERY)
        return;
    if (m->marks > 0) {
        double seconds = time - m->time[0], epochs = m->trained - m->epochs[0];
        bool keeps_up = epochs + 2.0 * batch >= ENOUGH * asked * seconds; /* one under way at either end */
        m->reached = keeps_up ? asked : epochs / seconds;
    }
    if (m->marks == SPEED_METER_MARKS) {
        memmove(m->time, m->time + 1, sizeof m->time - sizeof *m->time);
        memmove(m->epochs, m->epochs + 1, sizeof m->epochs - sizeof *m->epochs);
        m->marks--;
    }
    m->time[m->marks] = time;
    m->epochs[m->marks++] = m->trained;
}
