#include "app/base/plural.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH 32 /* of brackets and signs: a rule is a line, and the stack is not its to use up */

typedef struct Reading {
    const char *at;
    unsigned long n;
    int depth;
    bool failed;
} Reading;

static unsigned long choice(Reading *r);

static unsigned long fail(Reading *r) {
    r->failed = true;
    return 0;
}

static void skip_blanks(Reading *r) {
    while (*r->at == ' ' || *r->at == '\t')
        r->at++;
}

static bool take(Reading *r, const char *sign) {
    skip_blanks(r);
    size_t length = strlen(sign);
    if (strncmp(r->at, sign, length) != 0)
        return false;
    r->at += length;
    return true;
}

static unsigned long operand(Reading *r) {
    unsigned long value;
    if (r->failed || ++r->depth > DEPTH)
        return fail(r);
    skip_blanks(r);
    if (take(r, "n")) {
        value = r->n;
    } else if (isdigit((unsigned char)*r->at)) {
        char *end;
        value = strtoul(r->at, &end, 10);
        r->at = end;
    } else if (take(r, "!")) {
        value = !operand(r);
    } else if (take(r, "(")) {
        value = choice(r);
        if (!take(r, ")"))
            return fail(r);
    } else {
        return fail(r);
    }
    r->depth--;
    return value;
}

typedef enum { OR, AND, EQUAL, UNEQUAL, AT_MOST, AT_LEAST, BELOW, ABOVE, PLUS, LESS, TIMES, BY, REST } Operator;

static const struct {
    const char *sign;
    int level; /* how tightly it binds */
} OPERATORS[] = {
    [OR] = {"||", 1},       [AND] = {"&&", 2},  [EQUAL] = {"==", 3}, [UNEQUAL] = {"!=", 3}, [AT_MOST] = {"<=", 4},
    [AT_LEAST] = {">=", 4}, [BELOW] = {"<", 4}, [ABOVE] = {">", 4},  [PLUS] = {"+", 5},     [LESS] = {"-", 5},
    [TIMES] = {"*", 6},     [BY] = {"/", 6},    [REST] = {"%", 6},
};
#define TIGHTEST 6

static unsigned long apply(Reading *r, Operator operator, unsigned long a, unsigned long b) {
    switch (operator) {
    case OR:
        return a || b;
    case AND:
        return a && b;
    case EQUAL:
        return a == b;
    case UNEQUAL:
        return a != b;
    case AT_MOST:
        return a <= b;
    case AT_LEAST:
        return a >= b;
    case BELOW:
        return a < b;
    case ABOVE:
        return a > b;
    case PLUS:
        return a + b;
    case LESS:
        return a - b;
    case TIMES:
        return a * b;
    case BY:
        return b ? a / b : fail(r);
    case REST:
        return b ? a % b : fail(r);
    }
    return 0;
}

/* Operands joined by operators that bind at least as tightly as `level`, from left to right. */
static unsigned long joined(Reading *r, int level) {
    if (level > TIGHTEST)
        return operand(r);
    unsigned long value = joined(r, level + 1);
    for (size_t i = 0; i < sizeof OPERATORS / sizeof *OPERATORS && !r->failed;) {
        if (OPERATORS[i].level == level && take(r, OPERATORS[i].sign)) {
            value = apply(r, (Operator)i, value, joined(r, level + 1));
            i = 0;
        } else {
            i++;
        }
    }
    return value;
}

static unsigned long choice(Reading *r) {
    unsigned long value = joined(r, 1);
    if (r->failed || !take(r, "?"))
        return value;
    if (++r->depth > DEPTH)
        return fail(r);
    unsigned long yes = choice(r);
    if (!take(r, ":"))
        return fail(r);
    unsigned long no = choice(r);
    r->depth--;
    return value ? yes : no;
}

int plural_forms(const char *header, const char **expression) {
    const char *line = strstr(header, "Plural-Forms:");
    const char *count = line ? strstr(line, "nplurals=") : NULL;
    const char *rule = count ? strstr(count + strlen("nplurals="), "plural=") : NULL;
    if (!rule)
        return 0;
    *expression = rule + strlen("plural=");
    long forms = strtol(count + strlen("nplurals="), NULL, 10);
    return forms >= 1 && forms <= PLURAL_FORMS ? (int)forms : 0;
}

bool plural_choose(const char *expression, int forms, unsigned long n, int *form) {
    Reading reading = {.at = expression, .n = n};
    unsigned long value = choice(&reading);
    skip_blanks(&reading);
    if (reading.failed || !strchr(";\n", *reading.at) || value >= (unsigned long)forms)
        return false;
    *form = (int)value;
    return true;
}
