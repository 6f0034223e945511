#include "app/views/view_tour_private.h"

#include <math.h>
#include <string.h>

static bool find(const Ui *ui, const char *name, Rect *rect) {
    for (int i = 0; i < ui->widget_count; i++) {
        const UiWidget *w = &ui->widgets[i];
        if (strcmp(w->name, name) == 0 && w->visible.w >= 1.0f && w->visible.h >= 1.0f) {
            *rect = w->visible;
            return true;
        }
    }
    return false;
}

/* λ's line, its slider and its value, as far as they are on screen. */
static bool find_threshold(const Ui *ui, Rect *rect) {
    static const char *const names[] = {"threshold-line", "threshold", "threshold-value"};
    bool found = false;
    for (int i = 0; i < 3; i++) {
        Rect part;
        if (find(ui, names[i], &part)) {
            *rect = found ? rect_united(*rect, part) : part;
            found = true;
        }
    }
    return found;
}

/* The button behind which λ is where the panel is a drawer. */
static bool find_opener(const Ui *ui, Rect *rect) {
    static const char *const names[] = {"drawer", "curriculum", "section-curriculum"};
    for (int i = 0; i < 3; i++)
        if (find(ui, names[i], rect))
            return true;
    return false;
}

static bool screen_of(const TourScene *scene, size_t i, float at[2]) {
    camera_screen(&scene->hand->camera, scene->snapshot->data->x[i], scene->snapshot->data->y[i], at);
    return rect_has(scene->hand->camera.view, at[0], at[1]);
}

/* Square of the distance to the next point on screen, at most `most`. */
static float loneliness(const TourScene *scene, size_t point, float most) {
    float at[2], other[2], least = most;
    screen_of(scene, point, at);
    for (size_t i = 0; i < scene->snapshot->data->count; i++) {
        screen_of(scene, i, other);
        float dx = other[0] - at[0], dy = other[1] - at[1];
        if (i != point && dx * dx + dy * dy < least)
            least = dx * dx + dy * dy;
    }
    return least;
}

/* A hard point that can be hit: the loneliest of those in view that lie farthest out, in eight directions. */
static int64_t choose_hard_point(const TourScene *scene) {
    enum { WAYS = 8 };
    const Snapshot *s = scene->snapshot;
    int64_t farthest[WAYS], best = -1;
    float far[WAYS], most = 1e9f, loneliest = -1.0f;
    for (int k = 0; k < WAYS; k++) {
        farthest[k] = -1;
        far[k] = -1e30f;
    }
    for (size_t i = 0; i < s->data->count; i++) {
        float at[2];
        if (s->v[i] > 0.0f || !screen_of(scene, i, at))
            continue;
        for (int k = 0; k < WAYS; k++) {
            float turn = 0.7853982f * (float)k, out = at[0] * cosf(turn) + at[1] * sinf(turn);
            if (out > far[k]) {
                far[k] = out;
                farthest[k] = (int64_t)i;
            }
        }
    }
    for (int k = 0; k < WAYS && farthest[k] >= 0; k++) {
        float lonely = loneliness(scene, (size_t)farthest[k], most);
        if (lonely > loneliest) {
            loneliest = lonely;
            best = farthest[k];
        }
    }
    return best;
}

/* The same one as long as it is hard and in view. */
static bool find_hard_point(Tour *tour, const TourScene *scene, Rect *rect) {
    const Snapshot *s = scene->snapshot;
    float at[2];
    bool same = tour->hard >= 0 && (size_t)tour->hard < s->data->count && s->v[tour->hard] <= 0.0f;
    if ((!same || !screen_of(scene, (size_t)tour->hard, at)) && tour->hard_version != s->version) {
        tour->hard = choose_hard_point(scene);
        tour->hard_version = s->version;
    }
    if (tour->hard < 0 || (size_t)tour->hard >= s->data->count || s->v[tour->hard] > 0.0f ||
        !screen_of(scene, (size_t)tour->hard, at))
        return false;
    *rect = tour_grown((Rect){at[0], at[1], 0.0f, 0.0f}, 1.0f);
    return true;
}

TourTarget tour_target(Tour *tour, const Ui *ui, const TourScene *scene) {
    TourTarget t = {0};
    float s = ui->scale;
    Rect line;
    switch (tour->step) {
    case STEP_PLAY:
        t.found = find(ui, "play", &t.rect);
        t.pulse = true;
        break;
    case STEP_DRAG:
        t.found = find_threshold(ui, &t.rect);
        if (!t.found) {
            t.found = t.opener = t.pulse = find_opener(ui, &t.rect);
            break;
        }
        line = t.rect;
        t.line = find(ui, "threshold-line", &line);
        if (!t.line)
            find(ui, "threshold", &line);
        t.from = (Rect){line.x + line.w / 2, line.y + line.h * 0.75f, 64.0f * s, 0.0f};
        if (t.from.x + t.from.w > t.rect.x + t.rect.w)
            t.from.w = -t.from.w;
        t.rect = tour_grown(t.rect, 10.0f * s);
        if (t.line)
            t.rect.h += 26.0f * s; /* the axis' numbers stand below */
        break;
    case STEP_SCRUB:
        t.found = find(ui, "timeline", &t.rect);
        t.from = (Rect){t.rect.x + t.rect.w * 0.45f, t.rect.y + t.rect.h / 2, -t.rect.w * 0.3f, 0.0f};
        t.rect = scene->timeline;
        break;
    case STEP_GO_ON:
        t.found = find(ui, "go-on", &t.rect);
        t.pulse = true;
        break;
    case STEP_PIN:
        t.found = find_hard_point(tour, scene, &t.rect);
        t.pulse = true;
        break;
    default:
        break;
    }
    if (t.pulse)
        t.from = (Rect){t.rect.x + t.rect.w / 2, t.rect.y + t.rect.h / 2, 0.0f, 0.0f};
    return t;
}
