#include "app/io/model_json.h"

#include "app/base/file_write.h"
#include "app/io/json_text.h"

#include <math.h>

static void put_inputs(FILE *stream, const ModelLook *m) {
    const Scaling *scaling = &m->mlp->scaling;
    fputs("  \"inputs\": [", stream);
    for (int axis = 0; axis < MLP_INPUTS; axis++) {
        fputs(axis > 0 ? ",\n             {\"name\": " : "{\"name\": ", stream);
        json_string(stream, dataset_axis_whole(m->data, axis));
        fprintf(stream, ", \"origin\": %.17g, \"mean\": %.17g, \"deviation\": %.17g}", m->data->origin[axis],
                scaling->on ? scaling->shift[axis] : 0.0, scaling->on ? scaling->divisor[axis] : 1.0);
    }
    fprintf(stream, "],\n  \"standardized\": %s,\n", scaling->on ? "true" : "false");
}

static void put_numbers(FILE *stream, const float *numbers, int count) {
    fputc('[', stream);
    for (int i = 0; i < count; i++)
        fprintf(stream, "%s%.9g", i > 0 ? ", " : "", (double)numbers[i]);
    fputc(']', stream);
}

static void put_layers(FILE *stream, const Mlp *mlp, const float *parameters) {
    fputs("  \"layers\": [\n", stream);
    for (int l = 0; l < mlp->layers; l++) {
        int inputs = mlp->sizes[l], outputs = mlp->sizes[l + 1];
        fputs("    {\"weights\": [", stream);
        for (int k = 0; k < outputs; k++) {
            if (k > 0)
                fputs(",\n                 ", stream);
            put_numbers(stream, parameters + mlp->weights[l] + (size_t)k * (size_t)inputs, inputs);
        }
        fputs("],\n     \"biases\": ", stream);
        put_numbers(stream, parameters + mlp->biases[l], outputs);
        fputs(l + 1 < mlp->layers ? "},\n" : "}\n  ],\n", stream);
    }
}

static void put_classes(FILE *stream, const Dataset *data) {
    fputs("  \"classes\": [", stream);
    for (int k = 0; k < data->classes; k++) {
        if (k > 0)
            fputs(", ", stream);
        if (data->class_name[k][0])
            json_string(stream, dataset_class_whole(data, k));
        else
            fprintf(stream, "\"%d\"", k);
    }
    fputs("],\n", stream);
}

static void put_settings(FILE *stream, const Settings *settings, bool own_points) {
    const char *between = "\n    ";
    fputs("  \"settings\": {", stream);
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        if (own_points && property_makes_points(PROPERTIES[i].id))
            continue;
        char text[SETTING_TEXT_MAX];
        property_format(settings, &PROPERTIES[i], text);
        fputs(between, stream);
        json_string(stream, PROPERTIES[i].name);
        fputs(": ", stream);
        json_string(stream, text);
        between = ",\n    ";
    }
    fputs("\n  }\n", stream);
}

void model_write(FILE *stream, const ModelLook *m) {
    fputs("{\n  \"format\": \"easyfirst-model\",\n  \"format_version\": 1,\n", stream);
    fputs("  \"program\": \"easyfirst " EASYFIRST_VERSION "\",\n  \"command\": ", stream);
    if (m->command)
        json_string(stream, m->command);
    else
        fputs("null", stream);
    fprintf(stream, ",\n  \"epoch\": %u,\n  \"batch\": %zu,\n  \"batches\": %zu,\n", m->epoch, m->batch, m->batches);
    put_inputs(stream, m);
    fprintf(stream, "  \"activation\": \"%s\",\n", m->mlp->activation == ACTIVATION_RELU ? "relu" : "tanh");
    put_layers(stream, m->mlp, m->parameters);
    put_classes(stream, m->data);
    put_settings(stream, m->settings, m->own_points);
    fputs("}\n", stream);
}

bool model_is_finite(const ModelLook *m, Status *status) {
    for (size_t i = 0; i < m->mlp->parameters; i++)
        if (!isfinite(m->parameters[i]))
            return status_fail(status, STATUS_FAILED,
                               "the model has diverged: a parameter is not finite, and JSON "
                               "has no such number");
    return true;
}

bool export_model(const char *path, bool replace, const ModelLook *model, Status *status) {
    FileWrite file;
    if (!model_is_finite(model, status) || !file_begin(&file, path, replace, status))
        return false;
    model_write(file.stream, model);
    return file_commit(&file, status);
}
