# Movies: the frames of the GIF, as ffprobe and ffmpeg see them, without a window and from it; one that is cancelled
# leaves nothing.
. "$(dirname "$0")/lib.sh"
cd "$here" || exit 1

run_of=(--samples 1000 --epochs 4 --threshold 0.3)
run 0 0 "${run_of[@]}" --gif a.gif --mp4 a.mp4 --webm a.webm --png last.png --last-ms 900 \
    --image-size 320x240
probe() { # FILE: codec, size, pixels, frames, seconds
    ffprobe -v error -count_frames -show_entries stream=codec_name,width,height,pix_fmt,nb_read_frames:format=duration \
        -of csv=p=0 "$1" | paste -sd ,
}
equal "the MP4" h264,320,240,yuv420p,27,2.700000 "$(probe a.mp4)"
equal "the WebM" vp9,320,240,yuv420p,27,2.700000 "$(probe a.webm)"
convert a.gif -coalesce "$work/gif-%d.png"
# psnr FILE FILE: of their brightness, as movies have half the colours; dB
psnr() {
    compare -metric PSNR -colorspace Gray "$1" "$2" null: 2>&1
}
for movie in a.mp4 a.webm; do
    ffmpeg -v error -i "$movie" "$work/frame-%02d.png" || fail "ffmpeg can't read $movie"
    for epoch in 0 1 2 3; do # each is shown for six frames of the movie, the last for nine
        frame=$work/frame-$(printf %02d $((6 * epoch + 1 + 5 * (epoch % 2)))).png
        near=$(psnr "$frame" "$work/gif-$epoch.png") far=$(psnr "$frame" "$work/gif-$(((epoch + 1) % 4)).png")
        number "$near > 28 && $far < $near - 4" ||
            fail "$movie, epoch $epoch: $near dB from the GIF, $far from another epoch"
    done
    number "$(psnr "$work/frame-27.png" last.png) > 28" || fail "the end of $movie is not the PNG"
    rm "$work"/frame-*
done

mkdir empty
code=0
PATH=$PWD/empty "$EASYFIRST_BINARY" --headless --webm none.webm 2>"$work/stderr" >"$work/stdout" || code=$?
equal "exit code without ffmpeg" 1 "$code"
equal "what is said without ffmpeg" "easyfirst: cannot write none.webm: a movie needs ffmpeg (Debian: ffmpeg)" \
    "$(<"$work/stderr")"
equal "files" "./a.gif ./a.mp4 ./a.webm ./last.png" "$(files)"
rm -r ./a.* last.png empty

# From the window: the same bytes; and what is cancelled on its way is not there.
start_display
run_of+=(--epochs 2)
start_app "${run_of[@]}"
wait_epoch 2
press ctrl+e
reveal export-kind
click export-kind
click export-kind-1
reveal export-last-ms
click export-last-ms
press ctrl+a
type_text 900
press Return
reveal export-save
click export-save
wait_for "the MP4" test -s easyfirst.mp4
run 0 0 "${run_of[@]}" --mp4 "$work/headless.mp4" --last-ms 900
cmp easyfirst.mp4 "$work/headless.mp4" || fail "not the movie that the command line makes"
reveal export-kind
click export-kind
click export-kind-2
reveal export-size
click export-size
press ctrl+a
type_text 3840x2160
press Return
reveal export-save
click export-save
reveal export-cancel
click export-cancel
wait_for "the end of it" lacks_widget export-cancel
equal "files" "./easyfirst.mp4" "$(files)"
stop_app
