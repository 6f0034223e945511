#include "core/neighbours.h"

#include "core/parallel.h"

#include <math.h>
#include <stdlib.h>

enum { KEPT = NEIGHBOURS + 1 }; /* one more: the point itself is among the nearest */

typedef struct Point {
    float x, y;
    uint32_t index;
} Point;

/* Points at the same place: points[first] to points[next run's first - 1], by index. */
typedef struct Run {
    float x, y;
    uint32_t first;
} Run;

typedef struct Column {
    size_t first, end; /* runs, by y */
    double left, right, bottom, top;
} Column;

typedef struct Grid {
    Point *points;
    size_t count;
    Run *runs; /* and one behind the last, for its `first` */
    size_t run_count;
    Column *columns;
    size_t column_count;
    const uint8_t *label;
    float *share;
} Grid;

/* The nearest points so far, by distance and index. */
typedef struct Nearest {
    double distance[KEPT]; /* squared */
    uint32_t index[KEPT];
    int count;
} Nearest;

static int by_number(float a, float b) {
    return (a > b) - (a < b);
}

static int by_index(uint32_t a, uint32_t b) {
    return (a > b) - (a < b);
}

static int by_x(const void *a, const void *b) {
    const Point *p = a, *q = b;
    int x = by_number(p->x, q->x), y = by_number(p->y, q->y);
    return x ? x : y ? y : by_index(p->index, q->index);
}

static int by_y(const void *a, const void *b) {
    const Point *p = a, *q = b;
    int x = by_number(p->x, q->x), y = by_number(p->y, q->y);
    return y ? y : x ? x : by_index(p->index, q->index);
}

static bool same_place(const Point *a, const Point *b) {
    return a->x == b->x && a->y == b->y;
}

/* Sorts points[first .. end - 1] by y and adds their runs, as a column. */
static void add_column(Grid *g, size_t first, size_t end) {
    Column *c = &g->columns[g->column_count++];
    *c = (Column){.first = g->run_count, .left = (double)g->points[first].x, .right = (double)g->points[end - 1].x};
    qsort(g->points + first, end - first, sizeof *g->points, by_y);
    c->bottom = (double)g->points[first].y;
    c->top = (double)g->points[end - 1].y;
    for (size_t i = first; i < end; i++)
        if (i == first || !same_place(&g->points[i], &g->points[i - 1]))
            g->runs[g->run_count++] = (Run){g->points[i].x, g->points[i].y, (uint32_t)i};
    c->end = g->run_count;
}

static size_t points_a_column(size_t count) {
    return (size_t)sqrt((double)count) + 1;
}

static void make_grid(Grid *g) {
    size_t a_column = points_a_column(g->count);
    qsort(g->points, g->count, sizeof *g->points, by_x);
    for (size_t first = 0, end; first < g->count; first = end) {
        end = g->count - first < a_column ? g->count : first + a_column;
        while (end < g->count && same_place(&g->points[end], &g->points[end - 1]))
            end++;
        add_column(g, first, end);
    }
    g->runs[g->run_count].first = (uint32_t)g->count;
}

static double worst(const Nearest *n) {
    return n->count == KEPT ? n->distance[KEPT - 1] : INFINITY;
}

/* Whether it is among the nearest so far. */
static bool insert(Nearest *n, double distance, uint32_t index) {
    int at = n->count;
    while (at > 0 && (distance < n->distance[at - 1] || (distance == n->distance[at - 1] && index < n->index[at - 1])))
        at--;
    if (at == KEPT)
        return false;
    int last = n->count < KEPT ? n->count++ : KEPT - 1;
    for (int i = last; i > at; i--) {
        n->distance[i] = n->distance[i - 1];
        n->index[i] = n->index[i - 1];
    }
    n->distance[at] = distance;
    n->index[at] = index;
    return true;
}

static double square(double a) {
    return a * a;
}

static double gap(double at, double low, double high) {
    return at < low ? low - at : at > high ? at - high : 0.0;
}

static void insert_run(const Grid *g, Nearest *n, size_t run, double x, double y) {
    const Run *r = &g->runs[run];
    double distance = square((double)r->x - x) + square((double)r->y - y);
    for (uint32_t i = r->first; i < r[1].first && insert(n, distance, g->points[i].index); i++)
        ;
}

/* Looks through a column that is `aside` away, squared, from its run nearest in y upwards and downwards. */
static void search_column(const Grid *g, const Column *c, Nearest *n, double x, double y, double aside) {
    size_t low = c->first, high = c->end;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if ((double)g->runs[middle].y < y)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t r = low; r < c->end && square((double)g->runs[r].y - y) + aside <= worst(n); r++)
        insert_run(g, n, r, x, y);
    for (size_t r = low; r-- > c->first && square((double)g->runs[r].y - y) + aside <= worst(n);)
        insert_run(g, n, r, x, y);
}

/* False: this column and those beyond are too far. */
static bool look_into(const Grid *g, size_t column, Nearest *n, double x, double y) {
    const Column *c = &g->columns[column];
    double aside = square(gap(x, c->left, c->right));
    if (aside > worst(n))
        return false;
    if (aside + square(gap(y, c->bottom, c->top)) <= worst(n))
        search_column(g, c, n, x, y, aside);
    return true;
}

static void find_nearest(const Grid *g, size_t column, const Run *run, Nearest *n) {
    double x = (double)run->x, y = (double)run->y;
    n->count = 0;
    look_into(g, column, n, x, y);
    bool more_left = true, more_right = true;
    for (size_t away = 1; more_left || more_right; away++) {
        more_left = more_left && away <= column && look_into(g, column - away, n, x, y);
        more_right = more_right && column + away < g->column_count && look_into(g, column + away, n, x, y);
    }
}

/* The points of a run have the same nearest ones, but for themselves. */
static void share_of_run(const Grid *g, size_t run, const Nearest *n) {
    for (uint32_t p = g->runs[run].first; p < g->runs[run + 1].first; p++) {
        uint32_t self = g->points[p].index;
        int others = 0, unlike = 0;
        for (int i = 0; i < n->count && others < NEIGHBOURS; i++) {
            others += n->index[i] != self;
            unlike += g->label[n->index[i]] != g->label[self];
        }
        g->share[self] = others > 0 ? (float)unlike / (float)others : 0.0f;
    }
}

static void look_up_column(void *context, size_t column) {
    const Grid *g = context;
    Nearest nearest;
    for (size_t r = g->columns[column].first; r < g->columns[column].end; r++) {
        find_nearest(g, column, &g->runs[r], &nearest);
        share_of_run(g, r, &nearest);
    }
}

bool neighbours_unlike(const Mlp *mlp, const Dataset *data, float *share, Status *status) {
    size_t n = data->count;
    Grid g = {.count = n, .label = data->label, .share = share};
    g.points = malloc(n * sizeof *g.points);
    g.runs = malloc((n + 1) * sizeof *g.runs);
    g.columns = malloc((n / points_a_column(n) + 1) * sizeof *g.columns);
    bool done = (g.points && g.runs && g.columns) || status_no_memory(status, "the neighbours");
    if (done) {
        for (size_t i = 0; i < n; i++)
            g.points[i] = (Point){mlp_input(mlp, 0, data->x[i]), mlp_input(mlp, 1, data->y[i]), (uint32_t)i};
        make_grid(&g);
        parallel_for(g.column_count, look_up_column, &g);
    }
    free(g.points);
    free(g.runs);
    free(g.columns);
    return done;
}
