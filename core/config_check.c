/* Which settings make no sense together. */
#include "core/config.h"

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
    if (settings_have_centroids(s) && s->samples < s->centroid_count)
        return status_fail(status, STATUS_USAGE, "samples %d is fewer than the %d classes of centroids", s->samples,
                           s->centroid_count);
    return true;
}
