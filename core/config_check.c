/* Which settings make no sense together. */
#include "core/config_check.h"

/* Those of weight_slope_of_loss (curriculum.h). */
static bool threshold_can_learn(int regularizer) {
    switch (regularizer) {
    case REGULARIZER_LINEAR:
    case REGULARIZER_POLYNOMIAL:
    case REGULARIZER_LOGISTIC:
    case REGULARIZER_EXPONENTIAL:
    case REGULARIZER_MIXTURE:
        return true;
    default:
        return false;
    }
}

/* What the paces that learn from clean points cannot be combined with. */
static bool check_meta(const Settings *s, Status *status) {
    if (!settings_need_clean(s))
        return true;
    const char *pace = PROPERTIES[PROPERTY_PACE].choices[s->pace];
    if (s->order == ORDER_HARD)
        return status_fail(status, STATUS_USAGE, "pace %s needs order easy (or all: plain training), not hard", pace);
    if (s->diversity > 0)
        return status_fail(status, STATUS_USAGE, "pace %s goes without diversity: set it to 0", pace);
    if (s->pace == PACE_META && s->regularizer == REGULARIZER_HARD)
        return status_fail(
            status, STATUS_USAGE,
            "pace meta cannot learn the threshold of regularizer hard (its v jumps from 1 to 0, so there "
            "is no derivative): choose linear, whose v = 0 leaves the same points out");
    if (s->pace == PACE_META && s->regularizer == REGULARIZER_LOG)
        return status_fail(
            status, STATUS_USAGE,
            "pace meta cannot learn the threshold of regularizer log (it has to stay below 1, and meta keeps it above "
            "the loss of a guess): choose linear, polynomial, logistic, exponential or mixture");
    if (s->pace == PACE_META && !threshold_can_learn(s->regularizer))
        return status_fail(
            status, STATUS_USAGE,
            "pace meta cannot learn the threshold of regularizer %s: choose linear, polynomial, logistic, exponential "
            "or mixture",
            PROPERTIES[PROPERTY_REGULARIZER].choices[s->regularizer]);
    return true;
}

bool settings_check_uses(PropertyId id) {
    switch (id) {
    case PROPERTY_DATASET:
    case PROPERTY_SAMPLES:
    case PROPERTY_CENTROIDS:
    case PROPERTY_ORDER:
    case PROPERTY_REGULARIZER:
    case PROPERTY_THRESHOLD:
    case PROPERTY_PACE:
    case PROPERTY_SHARE_START:
    case PROPERTY_SHARE_END:
    case PROPERTY_SHARE_CURVE:
    case PROPERTY_DIVERSITY:
        return true;
    default:
        return false;
    }
}

bool settings_check(const Settings *s, Status *status) {
    /* In float32, because that is how the threshold is compared: 0.99999999 is 1 there. */
    if (s->regularizer == REGULARIZER_LOG && !((float)s->threshold < 1.0f))
        return status_fail(status, STATUS_USAGE,
                           "regularizer log needs a threshold below 1 (its weights are made with the logarithm of "
                           "1 - threshold), not %.9g",
                           s->threshold);
    if (pace_by_share(s) && s->share_curve == SHARE_GEOMETRIC && !(s->share_start > 0 && s->share_end > 0))
        return status_fail(status, STATUS_USAGE,
                           "share-curve geometric needs share-start and share-end above 0 (no factor leads from or to "
                           "0), not %.9g and %.9g",
                           s->share_start, s->share_end);
    if (s->diversity > 0 && s->regularizer != REGULARIZER_HARD)
        return status_fail(status, STATUS_USAGE,
                           "diversity needs regularizer hard (it moves the threshold of each point), not %s",
                           PROPERTIES[PROPERTY_REGULARIZER].choices[s->regularizer]);
    if (s->diversity > 0 && s->order != ORDER_EASY)
        return status_fail(status, STATUS_USAGE,
                           "diversity needs order easy (it spreads the easy points over the groups), not %s",
                           PROPERTIES[PROPERTY_ORDER].choices[s->order]);
    if (!check_meta(s, status))
        return false;
    if (settings_have_centroids(s) && s->samples < s->centroid_count)
        return status_fail(status, STATUS_USAGE, "samples %d is fewer than the %d classes of centroids", s->samples,
                           s->centroid_count);
    return true;
}
