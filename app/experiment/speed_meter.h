/* How fast a run really goes: epochs a second over about the last second of play.
 *
 * It is told what is trained, and asked with the time of now. A machine that keeps up with the speed asked for, but for
 * a batch that is not due yet, reaches that speed. The figure is renewed twice a second, so that it can be read. */
#ifndef EASYFIRST_SPEED_METER_H
#define EASYFIRST_SPEED_METER_H

#define SPEED_METER_MARKS 3

typedef struct SpeedMeter {                                    /* a zeroed one is valid: nothing is known yet */
    double trained;                                            /* epochs, since it was zeroed */
    double time[SPEED_METER_MARKS], epochs[SPEED_METER_MARKS]; /* half a second apart: when so much was trained */
    int marks;
    double reached; /* epochs a second; 0: not known yet */
} SpeedMeter;

/* time: seconds. asked: the speed, epochs a second (INFINITY: as fast as it goes). batch: a batch, in epochs. */
void speed_meter_look(SpeedMeter *meter, double time, double asked, double batch);

#endif
