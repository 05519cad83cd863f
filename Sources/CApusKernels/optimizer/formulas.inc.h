// The optimizers' formulas, each once, over 16 elements: apus_optimizer.h says what they compute.

/// 16 elements of a parameter and of its states.
typedef struct {
    lanes p, state[3];
} element;

static inline APUS_INLINE lanes root_lanes(lanes x) { return __builtin_elementwise_sqrt(x); }

static inline APUS_INLINE lanes max_lanes(lanes a, lanes b) {
    ilanes isLarger = a > b;
    return (lanes)(((ilanes)a & isLarger) | ((ilanes)b & ~isLarger));
}

/// keep·x + gain·d², both products rounded first.
static inline APUS_INLINE lanes mean_of_squares(float keep, lanes x, float gain, lanes d) {
    return fma_lanes(all_lanes(gain) * d, d, all_lanes(keep) * x);
}

/// x moved towards d.
static inline APUS_INLINE lanes moved(lanes x, float gain, lanes d) {
    return fma_lanes(all_lanes(gain), d - x, x);
}

static inline APUS_INLINE element sgd_lanes(
    element x, lanes g, const apus_sgd_rule *rule, int has_velocity) {
    lanes d = fma_lanes(all_lanes(rule->weight_decay), x.p, g);
    if (has_velocity) {
        x.state[0] = fma_lanes(all_lanes(rule->momentum), x.state[0], d);
        d = rule->nesterov ? fma_lanes(all_lanes(rule->momentum), x.state[0], d) : x.state[0];
    }
    x.p = fma_lanes(all_lanes(-rule->learning_rate), d, x.p);
    return x;
}

static inline APUS_INLINE element averaged_sgd_lanes(
    element x, lanes g, const apus_averaged_sgd_rule *rule) {
    lanes d = fma_lanes(all_lanes(rule->weight_decay), x.p, g);
    lanes change = all_lanes(rule->learning_rate) * d;
    x.p = x.p - change;
    x.state[0] = x.state[0] - all_lanes(rule->steps_before) * change;
    return x;
}

static inline APUS_INLINE element adagrad_lanes(
    element x, lanes g, const apus_adagrad_rule *rule) {
    lanes d = fma_lanes(all_lanes(rule->weight_decay), x.p, g);
    x.state[0] = fma_lanes(d, d, x.state[0]);
    lanes q = d / (root_lanes(x.state[0]) + all_lanes(rule->epsilon));
    x.p = fma_lanes(all_lanes(-rule->learning_rate), q, x.p);
    return x;
}

static inline APUS_INLINE element adadelta_lanes(
    element x, lanes g, const apus_adadelta_rule *rule) {
    lanes d = fma_lanes(all_lanes(rule->weight_decay), x.p, g), e = all_lanes(rule->epsilon);
    x.state[0] = mean_of_squares(rule->keep, x.state[0], rule->gain, d);
    lanes q = root_lanes(x.state[1] + e) / root_lanes(x.state[0] + e) * d;
    x.state[1] = mean_of_squares(rule->keep, x.state[1], rule->gain, q);
    x.p = fma_lanes(all_lanes(-rule->learning_rate), q, x.p);
    return x;
}

static inline APUS_INLINE element rmsprop_lanes(
    element x, lanes g, const apus_rmsprop_rule *rule, int is_centered, int has_velocity) {
    lanes d = fma_lanes(all_lanes(rule->weight_decay), x.p, g);
    x.state[0] = mean_of_squares(rule->keep, x.state[0], rule->gain, d);
    lanes variance = x.state[0];
    if (is_centered) {
        x.state[1] = moved(x.state[1], rule->gain, d);
        // Rounding may leave less than nothing of a difference that is zero.
        variance = max_lanes(fma_lanes(-x.state[1], x.state[1], variance), all_lanes(0));
    }
    lanes q = d / (root_lanes(variance) + all_lanes(rule->epsilon));
    if (has_velocity) {
        int velocity = is_centered ? 2 : 1;
        q = x.state[velocity] = fma_lanes(all_lanes(rule->momentum), x.state[velocity], q);
    }
    x.p = fma_lanes(all_lanes(-rule->learning_rate), q, x.p);
    return x;
}

static inline APUS_INLINE element adam_lanes(
    element x, lanes g, const apus_adam_rule *rule, apus_optimizer_kind kind) {
    lanes d = fma_lanes(all_lanes(rule->weight_decay), x.p, g), m = d;
    int square = kind == APUS_ADAM_WITHOUT_MEAN ? 0 : 1;
    if (square == 1) m = x.state[0] = moved(x.state[0], rule->mean_gain, d);
    x.state[square] =
        mean_of_squares(rule->square_keep, x.state[square], rule->square_gain, d);
    lanes v = x.state[square];
    if (kind == APUS_AMSGRAD) v = x.state[2] = max_lanes(x.state[2], v);
    if (kind == APUS_NADAM) {
        m = fma_lanes(all_lanes(rule->mean_share), m, all_lanes(rule->gradient_share) * d);
    }
    lanes root = fma_lanes(root_lanes(v), all_lanes(rule->root_scale), all_lanes(rule->epsilon));
    x.p = fma_lanes(
        all_lanes(-rule->step_size), m / root, all_lanes(rule->parameter_keep) * x.p);
    return x;
}

static inline APUS_INLINE element lion_lanes(element x, lanes g, const apus_lion_rule *rule) {
    lanes c = moved(x.state[0], rule->step_gain, g), one = all_lanes(1), zero = all_lanes(0);
    x.state[0] = moved(x.state[0], rule->mean_gain, g);
    lanes sign = (lanes)(((ilanes)one & (c > zero)) | ((ilanes)(-one) & (c < zero)));
    x.p = fma_lanes(
        all_lanes(-rule->learning_rate), sign, all_lanes(rule->parameter_keep) * x.p);
    return x;
}

static inline APUS_INLINE element average_lanes(
    element x, lanes g, const apus_average_rule *rule) {
    x.p = moved(x.p, rule->gain, g);
    return x;
}

static inline APUS_INLINE int state_count(apus_optimizer_kind kind) {
    switch (kind) {
    case APUS_SGD:
    case APUS_AVERAGE:
    case APUS_ADAFACTOR:
        return 0;
    case APUS_SGD_WITH_VELOCITY:
    case APUS_AVERAGED_SGD:
    case APUS_ADAGRAD:
    case APUS_RMSPROP:
    case APUS_ADAM_WITHOUT_MEAN:
    case APUS_LION:
        return 1;
    case APUS_ADADELTA:
    case APUS_RMSPROP_WITH_VELOCITY:
    case APUS_RMSPROP_CENTERED:
    case APUS_ADAM:
    case APUS_NADAM:
        return 2;
    case APUS_RMSPROP_CENTERED_WITH_VELOCITY:
    case APUS_AMSGRAD:
        return 3;
    }
    return 0;
}

static inline APUS_INLINE element advanced(
    apus_optimizer_kind kind, element x, lanes g, const apus_optimizer_rule *rule) {
    switch (kind) {
    case APUS_SGD:
    case APUS_SGD_WITH_VELOCITY:
        return sgd_lanes(x, g, &rule->sgd, kind == APUS_SGD_WITH_VELOCITY);
    case APUS_AVERAGED_SGD:
        return averaged_sgd_lanes(x, g, &rule->averaged_sgd);
    case APUS_ADAGRAD:
        return adagrad_lanes(x, g, &rule->adagrad);
    case APUS_ADADELTA:
        return adadelta_lanes(x, g, &rule->adadelta);
    case APUS_RMSPROP:
        return rmsprop_lanes(x, g, &rule->rmsprop, 0, 0);
    case APUS_RMSPROP_WITH_VELOCITY:
        return rmsprop_lanes(x, g, &rule->rmsprop, 0, 1);
    case APUS_RMSPROP_CENTERED:
        return rmsprop_lanes(x, g, &rule->rmsprop, 1, 0);
    case APUS_RMSPROP_CENTERED_WITH_VELOCITY:
        return rmsprop_lanes(x, g, &rule->rmsprop, 1, 1);
    case APUS_ADAM:
    case APUS_ADAM_WITHOUT_MEAN:
    case APUS_AMSGRAD:
    case APUS_NADAM:
        return adam_lanes(x, g, &rule->adam, kind);
    case APUS_LION:
        return lion_lanes(x, g, &rule->lion);
    case APUS_AVERAGE:
        return average_lanes(x, g, &rule->average);
    case APUS_ADAFACTOR:
        break;  // adafactor.inc.h
    }
    return x;
}
