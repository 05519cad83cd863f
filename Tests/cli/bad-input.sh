#!/bin/sh
# Gives `apus` every kind of bad input and expects each time the right exit code, one line that names the place,
# and nothing half-written. Usage: Tests/cli/bad-input.sh path/to/apus
apus=$(realpath "${1:?usage: bad-input.sh path/to/apus}")
work=$(mktemp -d)
cd "$work" || exit 1
chmod 755 "$work"
failures=0
checks=0

# expect CODE TEXT COMMAND…: the command ends with CODE, and its last message is one line that holds TEXT, and
# perhaps a hint.
expect() {
    code=$1
    text=$2
    shift 2
    checks=$((checks + 1))
    timeout 120 "$@" >output 2>errors </dev/null
    found=$?
    grep -a '^apus: ' errors >message || cp errors message
    problem=
    [ "$found" = "$code" ] || problem="exit $found, expected $code"
    [ "$(wc -l <message)" = 1 ] || problem="$problem; $(wc -l <message) lines of message, expected 1"
    grep -aqF -- "$text" message || problem="$problem; the message lacks: $text"
    if grep -aqE 'Fatal error|Stack dump|fatalError' errors; then problem="$problem; a crash"; fi
    if [ -e out ] || [ -e out.checkpoint ]; then
        problem="$problem; something was written"
        rm -rf out out.checkpoint
    fi
    if [ -n "$problem" ]; then
        failures=$((failures + 1))
        echo "FAILED: $*"
        echo "  ${problem#; }"
        sed 's/^/  | /' errors | tail -5
    fi
}

fail() {
    failures=$((failures + 1))
    echo "FAILED: $1"
}

# A data set and a model that are fine.
i=0
printf 'text\tlabel\n' >good.tsv
while [ $i -lt 40 ]; do
    printf 'a good and lovely day number %d\tpositive\n' $i >>good.tsv
    printf 'a bad and dreadful night number %d\tnegative\n' $i >>good.tsv
    i=$((i + 1))
done
"$apus" train classify --train good.tsv --out model >/dev/null 2>&1 || {
    echo "FAILED: training on good data"
    exit 1
}
checks=$((checks + 1))

# Wrong usage: 64, with the nearest spelling.
expect 64 'there is no command "tain"' "$apus" tain
expect 64 'needs one more word' "$apus" train
expect 64 'has no option --tran' "$apus" train classify --tran good.tsv
expect 64 'needs --train FILE' "$apus" train classify
expect 64 'is not an integer from 1' "$apus" train classify --train good.tsv --epochs 0
expect 64 'is not one of perceptron, linear' "$apus" train classify --train good.tsv --model linnear
expect 64 'is not a span like' "$apus" train classify --train good.tsv --words 5-2
expect 64 'neither words nor characters' "$apus" train classify --train good.tsv --words none --characters none
expect 64 'has no meaning for --model linear' "$apus" train classify --train good.tsv --dropout 0.5
expect 64 'needs dev data' "$apus" train classify --train good.tsv --patience 3
expect 64 'needs DIR' "$apus" predict
expect 64 'texts or --file, not both' "$apus" predict model text --file good.tsv
expect 64 'needs FILE' "$apus" evaluate model
expect 64 'is not an integer' "$apus" predict model text --top 0

# Files that are missing, empty or no text.
expect 1 'missing.tsv: no such file' "$apus" train classify --out out --train missing.tsv
expect 1 'goood.tsv: no such file' "$apus" evaluate model goood.tsv
grep -q 'did you mean good.tsv' errors || fail "no nearest file name"
: >empty.tsv
expect 1 'empty.tsv: the file is empty' "$apus" train classify --out out --train empty.tsv
printf 'text\tlabel\n' >header.tsv
expect 1 'header.tsv: there are no rows' "$apus" train classify --out out --train header.tsv
expect 1 'this is a folder' "$apus" train classify --out out --train .
{ head -1 good.tsv; grep positive good.tsv; } >one.tsv
expect 1 'same label, “positive”' "$apus" train classify --out out --train one.tsv
{ cat good.tsv; printf 'a row without a label\n'; } >short.tsv
expect 1 'short.tsv:82: 1 column' "$apus" train classify --out out --train short.tsv
{ cat good.tsv; printf 'one\ttwo\tthree\n'; } >long.tsv
expect 1 'long.tsv:82: 3 columns' "$apus" train classify --out out --train long.tsv
{ cat good.tsv; printf 'a text\t\n'; } >nolabel.tsv
expect 1 'nolabel.tsv:82: the label is empty' "$apus" train classify --out out --train nolabel.tsv
printf 'text,label\na,b\n"never closed,b\nc,d\n' >quotes.csv
expect 1 'quotes.csv:3: a quoted field begins here' "$apus" train classify --out out --train quotes.csv
printf 'text,label\na,b\n"closed"too early,b\nc,d\n' >quotes2.csv
expect 1 'quotes2.csv:3: text follows' "$apus" train classify --out out --train quotes2.csv
{ cat good.tsv; printf 'caf\351\tpositive\n'; } >latin.tsv
expect 1 'latin.tsv:82: byte 4 of the line is not UTF-8' "$apus" train classify --out out --train latin.tsv
{ cat good.tsv; printf 'a\000b\tpositive\n'; } >nul.tsv
expect 1 'nul.tsv:82: byte 2 of the line is NUL' "$apus" train classify --out out --train nul.tsv
printf '\377\376t\000' >utf16.tsv
expect 1 'in UTF-16' "$apus" train classify --out out --train utf16.tsv
{ cat good.tsv; head -c 50000000 /dev/zero | tr '\0' x; printf '\tpositive\n'; } >huge.tsv
expect 1 'huge.tsv:82: the line is longer than' "$apus" train classify --out out --train huge.tsv
expect 1 'huge.tsv:82: the line is longer than' "$apus" predict model --file huge.tsv --text 1
gzip -c good.tsv >good.tsv.gz
head -c 60 good.tsv.gz >cut.tsv.gz
expect 1 'cut.tsv.gz: the compressed data ends early' "$apus" train classify --out out --train cut.tsv.gz
printf 'x' | dd of=good.tsv.gz bs=1 seek=40 conv=notrunc 2>/dev/null
expect 1 'good.tsv.gz: broken compressed data' "$apus" train classify --out out --train good.tsv.gz
printf '{"text": "a", "label": "b"}\n{"text": "a", "label": }\n' >broken.jsonl
expect 1 'broken.jsonl:2' "$apus" train classify --out out --train broken.jsonl
printf '{"text": "a", "label": "b"}\n{"text": "a"}\n' >partial.jsonl
expect 1 'partial.jsonl:2: no text' "$apus" train classify --out out --train partial.jsonl
expect 1 'there is no column “txt”' "$apus" train classify --out out --train good.tsv --text txt
grep -q 'did you mean text' errors || fail "no nearest column"
expect 1 'there is no column 3' "$apus" train classify --out out --train good.tsv --label 3
{ cat good.tsv; printf 'a text\tneutral\n'; } >other.tsv
expect 1 'other.tsv:82: the label “neutral” was never seen' \
    "$apus" train classify --out out --train good.tsv --dev other.tsv
expect 1 'the loss became' "$apus" train classify --out out --train good.tsv --model embeddings \
    --learning-rate 1000 --epochs 200

# Places that cannot be written.
mkdir own && touch own/file
expect 1 'own: the folder holds other files' "$apus" train classify --train good.tsv --out own
expect 1 'good.tsv: this is not a folder' "$apus" train classify --train good.tsv --out good.tsv
expect 1 'good.tsv: this is not a folder' "$apus" train classify --train good.tsv --out good.tsv/model
expect 1 '/proc/model' "$apus" train classify --train good.tsv --out /proc/model
expect 1 'own: the folder holds other files' "$apus" demo --out own
[ -e own/file ] || fail "a foreign folder was touched"
if [ -w /dev/full ]; then
    checks=$((checks + 1))
    "$apus" predict model text >/dev/full 2>errors
    { [ $? = 1 ] && grep -q 'standard output: the disk is full' errors; } ||
        fail "a full disk behind standard output"
fi

# Models that are not what was written.
expect 1 'nomodel: no such file' "$apus" predict nomodel text
expect 1 'there is no model in this folder' "$apus" predict own text
expect 1 'this is not a folder' "$apus" predict good.tsv text
for file in SHA256SUMS config.json model.safetensors features.txt labels.txt metrics.json; do
    rm -rf copy && cp -r model copy && rm copy/$file
    expect 1 'copy' "$apus" predict copy text
    rm -rf copy && cp -r model copy && : >copy/$file
    expect 1 'copy' "$apus" predict copy text
    size=$(wc -c <model/$file)
    rm -rf copy && cp -r model copy && head -c $((size / 2)) model/$file >copy/$file
    expect 1 'copy' "$apus" predict copy text
    rm -rf copy && cp -r model copy && printf '\377' |
        dd of=copy/$file bs=1 seek=$((size / 3)) conv=notrunc 2>/dev/null
    expect 1 'copy' "$apus" predict copy text
done

# Safetensors files that lie.
printf '\000\000\000\000\000\000\000\200{}' >claim.safetensors
expect 1 'its header would have 9223372036854775808 bytes' "$apus" inspect claim.safetensors
tensors() {
    length=$(printf '%s' "$1" | wc -c)
    printf "\\$(printf %o $((length % 256)))\\$(printf %o $((length / 256)))\\000\\000\\000\\000\\000\\000" >lie.safetensors
    printf '%s' "$1" >>lie.safetensors
    head -c "$2" /dev/zero >>lie.safetensors
}
tensors '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}' 12
expect 1 'overlaps another' "$apus" inspect lie.safetensors
tensors '{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}' 16
expect 1 'leaves a gap' "$apus" inspect lie.safetensors
tensors '{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}' 8
expect 1 'beyond any memory' "$apus" inspect lie.safetensors
tensors '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}' 4
expect 1 'ends early' "$apus" inspect lie.safetensors
tensors '{"a":{"dtype":"F33","shape":[2],"data_offsets":[0,8]}}' 8
expect 1 'not supported' "$apus" inspect lie.safetensors
expect 1 'good.tsv' "$apus" inspect good.tsv

# Lines on standard input: those before the mistake are answered.
checks=$((checks + 1))
printf 'a good day\na b\303\n' | "$apus" predict model >output 2>errors
{ [ $? = 1 ] && [ "$(wc -l <output)" = 1 ] && grep -q 'standard input:2: byte 4' errors; } ||
    fail "invalid UTF-8 on standard input"
checks=$((checks + 1))
yes 'a good day' | "$apus" predict model 2>errors | head -1 >output
{ [ "$(wc -l <output)" = 1 ] && [ ! -s errors ]; } || fail "predict | head -1"

cd / && rm -rf "$work"
echo "$checks bad inputs tried, $failures failures"
[ $failures = 0 ]
