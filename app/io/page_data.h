/* The run in a page (export_page.c), as JSON; arrays of numbers in base64, lowest byte first: what assets/page/page.js
 * reads.
 *
 *   program, title, command, others        the last: how many runs beside it are not in the page
 *   language, words                        page_words.h
 *   settings                               [group, name, value], ... of all that have an effect
 *   classes                                name, shape (its corners for a radius of 1, x, y each), widestEdge, and
 *                                          whether any point is of it
 *   axes, origin, fill                     names, what is to be added to positions, whether axes are stretched
 *   points, test, clean                    count; x, y (float32), label (8 bits); of points also admitted (32 bits, the
 *                                          first epoch is 1, 0: never), row (32 bits; null: its number) and truth (8
 *                                          bits; null: the labels)
 *   model                                  sizes, activation, shift and divisor (null: inputs are the positions)
 *   rule                                   regularizer, order, power, superlossLambda, diversity, groups; byThreshold:
 *                                          whether a threshold decides
 *   epochs                                 an array of each figure; null in it: not defined
 *   notes                                  epoch, text
 *   themes                                 light, dark: colours and sizes of marks (theme.h)
 *   easy                                   of each epoch, a bit a point from the lowest on, in whole bytes
 *   parameters                             of each epoch, the model's (float32)
 *
 * Of soft weights the history knows which were above 0 and their sum; how large each was, is worked out from the losses
 * as when the window looks back (history_weights). */
#ifndef EASYFIRST_PAGE_DATA_H
#define EASYFIRST_PAGE_DATA_H

#include "app/experiment/snapshot.h"
#include "app/io/page_pen.h"

typedef struct PageRun {
    const Snapshot *snapshot; /* settings, points, model, epochs of admission; the rest is not read */
    const History *history;
    const uint32_t *records; /* of the history, that are in the page; ascending */
    size_t record_count;
    const Notes *notes;
    const char *title, *command; /* or NULL */
    bool own_points;             /* they come from a file */
    bool fill;
    int others;
} PageRun;

/* Refuses more points, of all kinds together, than a page holds. */
bool page_holds(size_t points, Status *status);

/* Of so many records of that many bytes, how many are in the page: all, if they take no more than PAGE_EPOCH_BYTES; and
 * which is its i-th: evenly, with the first and the last. */
size_t page_record_count(size_t count, size_t bytes_each);
size_t page_record(size_t i, size_t in_page, size_t count);

/* Pieces of it, to be written one after the other. */
size_t page_data_pieces(const PageRun *run);
/* base64: the same one for all pieces, zeroed at first. */
void page_data_write(FILE *stream, const PageRun *run, size_t piece, Base64 *base64);

#endif
