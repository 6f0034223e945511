/* easyfirst_count NAME: prepares one piece of the core's work and does it once, in measured(), whose instructions
 * tests/instructions counts. Without a name: lists them. */
#include "core/pixel_cells.h"
#include "core/field.h"
#include "core/kernels/kernels.h"
#include "core/parallel.h"
#include "core/trainer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SAMPLES = 20000 };

static Trainer *trainer;
static Field field;
static uint32_t order[SAMPLES];
static uint32_t cells[SAMPLES];

static void epoch(void) {
    trainer_run(trainer, SIZE_MAX);
}

static void losses(void) {
    trainer_evaluate(trainer);
}

static void permutation(void) {
    torch_permutation(&trainer->torch, order, SAMPLES);
}

static void every_pixel(void) {
    field_compute(&field, &trainer->mlp, trainer->parameters, -6.0, 5.0, 0.05, -0.05);
}

static void pixels_of_points(void) {
    CellMap map = {1.5, 1.5, 40.0, 40.0, 320.0, 240.0, 0.0f, 0.0f, 640.0f, 480.0f, 8.0f, 640};
    pixel_cells(&map, trainer->data.x, trainer->data.y, trainer->data.count, cells);
}

static const struct {
    const char *name;
    int units; /* of two hidden layers; 0: linear */
    void (*work)(void);
} WORK[] = {
    {"epoch-linear", 0, epoch},      {"epoch-mlp", 16, epoch},         {"losses-linear", 0, losses},
    {"losses-mlp", 16, losses},      {"field-linear", 0, every_pixel}, {"field-mlp", 16, every_pixel},
    {"permutation", 0, permutation}, {"cells", 0, pixels_of_points},
};
enum { WORKS = sizeof WORK / sizeof *WORK };

__attribute__((noinline)) void measured(void (*work)(void));
void measured(void (*work)(void)) {
    work();
}

int main(int argc, char **argv) {
    parallel_set_threads(1);
    for (int i = 0; i < WORKS; i++) {
        if (argc < 2)
            puts(WORK[i].name);
        if (argc < 2 || strcmp(WORK[i].name, argv[1]) != 0)
            continue;
        Settings s;
        Status status;
        settings_default(&s);
        s.samples = SAMPLES;
        s.hidden_count = WORK[i].units > 0 ? 2 : 0;
        s.hidden[0] = s.hidden[1] = WORK[i].units;
        trainer = trainer_new(&s, NULL, &status);
        if (!trainer || !field_resize(&field, 240, 160, 2, &status)) {
            fprintf(stderr, "easyfirst_count: %s\n", status.message);
            return 1;
        }
        measured(WORK[i].work);
        printf("%s %s\n", WORK[i].name, trainer->kernels->name);
        field_free(&field);
        trainer_free(trainer);
        return 0;
    }
    return argc > 1 ? 2 : 0;
}
