// The table of recurrent steps: forward and back, a loop over rows and sixteen units at a time.
#include "../pointwise/math.inc.h"
#include "steps.inc.h"
#include "returns.inc.h"

const apus_recurrent_kernels APUS_NAME(apus_recurrent_kernels) = {
    .tanh_step = APUS_NAME(tanh_step),
    .relu_step = APUS_NAME(relu_step),
    .leaky_step = APUS_NAME(leaky_step),
    .lstm_step = APUS_NAME(lstm_step),
    .gru_step = APUS_NAME(gru_step),
    .tanh_return = APUS_NAME(tanh_return),
    .relu_return = APUS_NAME(relu_return),
    .leaky_return = APUS_NAME(leaky_return),
    .lstm_return = APUS_NAME(lstm_return),
    .gru_return = APUS_NAME(gru_return),
};
