/* World to screen and back, with y up. Both axes have one scale unless one of them is stretched. Built on cglm's
 * mat3. World positions are those of a Dataset: less its origins. */
#ifndef EASYFIRST_CAMERA_H
#define EASYFIRST_CAMERA_H

#include "core/dataset.h"
#include "app/draw/canvas.h"

#include <cglm/cglm.h>

typedef struct Camera {
    double center_x, center_y; /* world position at the view's centre */
    double scale;              /* pixels per world unit along x, above 0 */
    double stretch;            /* those along y are so many times as many; 0 (as camera_update finds it) counts as 1 */
    Rect view;                 /* the plot's area on the screen, pixels */
    /* Affine, column-major, kept by camera_update. World positions in it are relative to the centre, so that floats
     * keep their precision in a small view far from the origin. */
    mat3 to_screen;
} Camera;

/* How the scales of the axes go together when all points are shown: alike, so that a circle is round; each so that the
 * points fill the view along it; or alike unless one span is more than CAMERA_SPANS times the other. */
typedef enum { ASPECT_AUTO, ASPECT_EQUAL, ASPECT_FILL, ASPECTS } Aspect;
extern const char *const ASPECT_WORDS[ASPECTS];     /* "auto", "equal", "fill": of --aspect */
bool aspect_find(const char *word, Aspect *aspect); /* false: there is no such word */
/* Whether each axis has a scale of its own for these points. Points on a line along an axis have nothing to fill. */
bool aspect_fills(Aspect aspect, const Dataset *data);

/* Shows all points with a margin (a span of zero is padded) and updates the matrix. */
void camera_fit_aspect(Camera *camera, const Dataset *data, Rect view, Aspect aspect);
/* The same with both axes alike. */
void camera_fit(Camera *camera, const Dataset *data, Rect view);
/* The same extents in a view of another shape: of a camera whose axes are alike both are within it, one of a stretched
 * camera fills it along both. */
void camera_reshape(Camera *camera, Rect view);
/* To be called after a change of centre, scale or view. Clamps centre and scale to what stays finite. */
void camera_update(Camera *camera);
/* Results are finite, whatever the position; far outside the view they are cut to CAMERA_FAR pixels. */
void camera_screen(const Camera *camera, float x, float y, float screen[2]);
void camera_world(const Camera *camera, float x, float y, float world[2]);

/* The world position under a pixel in double precision. */
void camera_world_exact(const Camera *camera, double x, double y, double world[2]);

/* Pixels per world unit along y. */
static inline double camera_scale_y(const Camera *camera) {
    return camera->stretch > 0 ? camera->scale * camera->stretch : camera->scale;
}

/* Limits the view to between CAMERA_NEAREST and CAMERA_FARTHEST times the extent of `fit`, the view of all points,
 * and its centre to within CAMERA_FARTHEST extents of theirs. camera->view must be fit's. */
void camera_limit(Camera *camera, const Camera *fit);
/* Magnifies by a factor, within those limits, so that what is under the pixel (x, y) stays there. */
void camera_zoom(Camera *camera, const Camera *fit, double x, double y, double factor);
/* The same for one axis alone: that of x, or of y. at: the pixel on it that stays. */
void camera_zoom_axis(Camera *camera, const Camera *fit, bool of_y, double at, double factor);

#define CAMERA_SPANS 5.0
#define CAMERA_NEAREST 1e-6
#define CAMERA_FARTHEST 1e6
#define CAMERA_FAR 1e9f

#endif
