/* A trained model as JSON, for other programs; README.md, "The model in other programs", has a reader.
 *
 *   format, format_version  "easyfirst-model", 1: more keys may come with the same version
 *   program, command        that made it; the line that repeats the run, or null
 *   epoch, batch, batches   completed epochs; batches of the epoch under way, and in a whole one
 *   inputs                  of x, then y: name of its column, and origin, mean and deviation; what the model sees is
 *                           (value - origin - mean) / deviation (0, 0 and 1 where nothing is taken away)
 *   standardized            whether means and deviations are those of the training points
 *   activation              of the hidden layers: tanh or relu
 *   layers                  in order, the scores (logits) last: weights[output][input], biases[output]; each number
 *                           read as float32 is the parameter to the last bit
 *   classes                 of each score: the label, as --points writes it
 *   settings                by the options' names, in their text form; without those that make points if the points
 *                           come from a file */
#ifndef EASYFIRST_MODEL_JSON_H
#define EASYFIRST_MODEL_JSON_H

#include "core/trainer.h"

#include <stdio.h>

typedef struct ModelLook {
    const Settings *settings;
    const Dataset *data; /* its names */
    const Mlp *mlp;
    const float *parameters;
    uint32_t epoch;
    size_t batch, batches;
    bool own_points;     /* from a file */
    const char *command; /* or NULL */
} ModelLook;

void model_write(FILE *stream, const ModelLook *model);

/* A file of it; replace: as in file_write.h. A model that has diverged is refused: JSON has no such numbers. */
bool export_model(const char *path, bool replace, const ModelLook *model, Status *status);
bool model_is_finite(const ModelLook *model, Status *status); /* otherwise the message says why not */

#endif
