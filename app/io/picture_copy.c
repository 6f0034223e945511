#define _GNU_SOURCE /* memfd_create */
#include "app/io/picture_copy.h"

#include "app/base/clock.h"
#include "app/base/language.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const double PATIENCE = 10.0; /* seconds for the tool to take the clipboard */

static const char *tool_of(const PictureCopy *copy) {
    return copy->wayland ? "wl-copy" : "xclip";
}

bool picture_copy_begin(PictureCopy *copy, const ExportRequest *request, bool wayland, Status *status) {
    assert(!copy->busy);
    *copy = (PictureCopy){.busy = true, .wayland = wayland, .memory = memfd_create("picture", MFD_CLOEXEC)};
    char path[32];
    snprintf(path, sizeof path, "/dev/fd/%d", copy->memory);
    ExportRequest own = *request;
    own.kind = EXPORT_PLOT;
    own.path = path;
    own.replace = true;
    bool begun = copy->memory >= 0 || status_no_memory(status, "the picture");
    copy->job = begun ? export_job_begin(&own, status) : NULL;
    if (!copy->job)
        picture_copy_free(copy);
    return copy->job != NULL;
}

/* Both read the picture, leave a child behind that serves it, and end. */
static bool start_tool(PictureCopy *copy, Status *status) {
    static const char *const xclip[] = {"xclip", "-selection", "clipboard", "-target", "image/png", "-in", NULL};
    static const char *const wl_copy[] = {"wl-copy", "--type", "image/png", NULL};
    export_job_free(copy->job);
    copy->job = NULL;
    copy->since = clock_seconds();
    lseek(copy->memory, 0, SEEK_SET);
    int error = process_start(&copy->tool, copy->wayland ? wl_copy : xclip, copy->memory, -1);
    if (error == ENOENT)
        return status_fail(status, STATUS_FAILED, "to copy a picture takes %s (Debian: %s)", tool_of(copy),
                           copy->wayland ? "wl-clipboard" : "xclip");
    return error == 0 || status_fail(status, STATUS_FAILED, "cannot copy the picture: %s does not start: %s",
                                     tool_of(copy), tr_error(error));
}

static ExportResult follow_tool(PictureCopy *copy, Status *status) {
    bool good;
    char line[PROCESS_LINE];
    if (process_ended(&copy->tool, 1, &good)) {
        process_complaint(&copy->tool, line);
        if (!good)
            status_fail(status, STATUS_FAILED, "cannot copy the picture: %s: %s", tool_of(copy), line);
        return good ? EXPORT_DONE : EXPORT_FAILED;
    }
    if (clock_seconds() - copy->since < PATIENCE)
        return EXPORT_RUNNING;
    status_fail(status, STATUS_FAILED, "cannot copy the picture: %s does not answer", tool_of(copy));
    return EXPORT_FAILED;
}

ExportResult picture_copy_step(PictureCopy *copy, double seconds, Status *status) {
    ExportResult result = EXPORT_RUNNING;
    if (!copy->job)
        result = follow_tool(copy, status);
    else {
        result = export_job_step(copy->job, seconds, status);
        if (result == EXPORT_DONE)
            result = start_tool(copy, status) ? EXPORT_RUNNING : EXPORT_FAILED;
    }
    if (result != EXPORT_RUNNING)
        picture_copy_free(copy);
    return result;
}

void picture_copy_free(PictureCopy *copy) {
    if (!copy->busy)
        return;
    export_job_free(copy->job);
    process_free(&copy->tool);
    if (copy->memory >= 0)
        close(copy->memory);
    *copy = (PictureCopy){0};
}
