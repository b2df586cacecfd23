# narrow_films.sh FOLDER COMMAND...: films of the models that lie here, by any warpviz.
# Their bytes may not hang on how wide the machine's addresses are, nor on how it rounds.
set -e
folder=$1
shift
mkdir -p "$folder"
film() { "$@" --quiet >/dev/null; }
film "$@" render --model relu.npz -o "$folder/relu.gif" --size 320x240
film "$@" render --model tanh.npz --data xor --theme light -o "$folder/tanh.gif" --size 320x240
film "$@" render --model gelu.npz --data moons --caption why --show measures \
    -o "$folder/gelu.gif" --size 320x240
film "$@" render --model wide.npz --data spirals:3 --view 2d -o "$folder/wide.gif" --size 320x240
film "$@" render --model sin.npz --one-by-one -o "$folder/sin.gif" --size 320x240
film "$@" compare relu.npz sin.npz -o "$folder/compare.gif" --size 480x240
