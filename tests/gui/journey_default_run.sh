# With no options and nobody at the controls the post's run plays, as recorded, and pauses at its tenth epoch.
. "$(dirname "$0")/lib.sh"
start_display
start_app

PATIENCE=60 wait_epoch 10
stays "the pause after ten epochs" 1 epoch_is 10
equal "easy samples of the ten epochs" "733 5005 5077 5337 6325 7474 8390 9295 9890 9953" \
    "$(awk -F, '$1 ~ /^[0-9]+$/ { print $3 }' "$trace" | paste -sd ' ')"
equal "epochs" "1 2 3 4 5 6 7 8 9 10" "$(awk -F, '$1 ~ /^[0-9]+$/ { print $1 }' "$trace" | paste -sd ' ')"
awk -F, '$1 ~ /^[0-9]+$/ { t = 0.1 * 1.35 ^ ($1 - 1); d = $2 / t - 1; if (d < -1e-6 || d > 1e-6) exit 1 }' "$trace" ||
    fail "thresholds are not 0.1 times 1.35 to the power of the epochs before"
close_to "mean loss" 0.0763294 "$(trace_last mean_loss)" 1e-3
close_to "accuracy" 0.9824 "$(trace_last accuracy)" 2e-4

# Play goes on beyond.
press space
wait_for "an eleventh epoch" later_than 10
stop_app
