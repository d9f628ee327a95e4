#!/usr/bin/env bash
# Trains and measures every row of docs/results.md, and prints its table.
#
#   benchmarks/results.sh --data DIR [--out DIR] [--only WORDS] [--threads N] [--table]
#
# DIR/NAME/SEED holds a run and what was measured of it. What is there already is not done again, and a run that was
# stopped goes on from its last whole epoch, so the script may be stopped and started at will; after a change of a recipe,
# name another DIR. --only takes the rows whose name contains WORDS, --table only prints. The table needs Python 3, any
# of today's (PYTHON names another).
set -euo pipefail

home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
python=${PYTHON:-python3}
data= out=$home/runs/results only= threads=0 table=

fail() {
  printf 'results: %s\n' "$1" >&2
  exit "${2:-1}"
}

while [ $# -gt 0 ]; do
  case $1 in
    --data | --out | --only | --threads)
      [ $# -gt 1 ] || fail "$1 needs a value" 2
      declare "${1#--}=$2"
      shift 2
      ;;
    --table)
      table=yes
      shift
      ;;
    --help)
      sed -n '2,9s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
      exit
      ;;
    *) fail "found '$1', expected --data, --out, --only, --threads or --table" 2 ;;
  esac
done
[ -n "$data$table" ] || fail "--data is missing: it names the folder that holds MNIST/, notMNIST/ and cifar-10-batches-bin/" 2

# Runs a command of posteriori and keeps its last line, unless it is there.
measure() {
  local to=$1
  shift
  [ -s "$to" ] && return
  "$home/bin/posteriori" "$@" --json --data "$data" --threads "$threads" | tail -n 1 >"$to.part"
  mv "$to.part" "$to"
}

# A row: its name, its seeds, the sets from outside, and what `train` is told. Where `corrupted` is set, so many test images
# are measured under every corruption as well.
corrupted=
row() {
  local name=$1 seeds=$2 outside=$3 seed run
  shift 3
  [[ -z $only || $name == *$only* ]] || return 0
  for seed in $seeds; do
    run=$out/$name/$seed
    if [ -z "$table" ]; then
      mkdir -p "$run"
      [ ! -e "$run/command" ] || [ "$(cat "$run/command")" = "$*" ] ||
        fail "$run was begun with '$(cat "$run/command")', expected '$*': remove it, or name another --out"
      printf '%s\n' "$*" >"$run/command"
      printf '%s, seed %s: %s\n' "$name" "$seed" "$*" >&2
      local resume=
      [ ! -e "$run/run/last.safetensors" ] || resume=--resume
      measure "$run/train.json" train "$@" --seed "$seed" --out "$run/run" ${resume:---overwrite}
      measure "$run/evaluate.json" evaluate --checkpoint "$run/run/best.safetensors" --samples 25
      for ood in $outside; do
        measure "$run/$ood.json" uncertainty --checkpoint "$run/run/best.safetensors" --samples 25 --ood "$ood" \
          --out "$run/$ood"
      done
      [ -z "$corrupted" ] ||
        measure "$run/corrupted.json" evaluate --checkpoint "$run/run/best.safetensors" --samples 10 \
          --limit "$corrupted" --corrupt all
    fi
  done
  [ ! -d "$out/$name" ] || names+=("$name")
}

names=()
# The default recipes with three seeds where a run takes less than five minutes on two cores; all else with one, as the
# frequentist LeNet on MNIST: it starts from the same weights as the point estimate, and so ends with the same.
mnist=(--dataset mnist)
cifar=(--dataset cifar10)
outside="notmnist letters"
row mnist-lenet-lrt "0 1 2" "$outside" "${mnist[@]}"
row mnist-lenet-point "0 1 2" "$outside" "${mnist[@]}" --estimator point
row mnist-lenet-frequentist 0 "$outside" "${mnist[@]}" --kind frequentist
row mnist-lenet-bbb 0 "$outside" "${mnist[@]}" --estimator bbb
row mnist-lenet-lrt-beta0.1 0 "$outside" "${mnist[@]}" --beta 0.1
row mnist-lenet-bbb-beta0.1 0 "$outside" "${mnist[@]}" --estimator bbb --beta 0.1
row mnist-lenet-lrt-beta1 0 "$outside" "${mnist[@]}" --beta 1
row mnist-lenet-bbb-beta1 0 "$outside" "${mnist[@]}" --estimator bbb --beta 1
row mnist-lenet-lrt-unvaried 0 "$outside" "${mnist[@]}" --rotation 0 --shift 0
row mnist-lenet-original 0 "$outside" "${mnist[@]}" --recipe original
row cifar10-lenet-lrt "0 1 2" "" "${cifar[@]}"
row cifar10-lenet-frequentist "0 1 2" "" "${cifar[@]}" --kind frequentist
row cifar10-lenet-bbb 0 "" "${cifar[@]}" --estimator bbb
row cifar10-alexnet-lrt 0 "" "${cifar[@]}" --net alexnet
row cifar10-alexnet-frequentist 0 "" "${cifar[@]}" --net alexnet --kind frequentist
row cifar10-alexnet-bbb 0 "" "${cifar[@]}" --net alexnet --estimator bbb
row cifar10-3conv3fc-lrt 0 "" "${cifar[@]}" --net 3conv3fc
# The two residual networks by every method. Neither has dropout. IVON is what widenet's own recipe is.
for net in resnet20 widenet; do
  by=("${cifar[@]}" --net "$net")
  row "cifar10-$net-ivon" 0 "" "${by[@]}" --optimiser ivon
  row "cifar10-$net-lrt" 0 "" "${by[@]}" --optimiser adam
  row "cifar10-$net-bbb" 0 "" "${by[@]}" --optimiser adam --estimator bbb
  row "cifar10-$net-point" 0 "" "${by[@]}" --estimator point
  row "cifar10-$net-ensemble" 0 "" "${by[@]}" --method ensemble --members 3
  row "cifar10-$net-laplace" 0 "" "${by[@]}" --method laplace
done
row mnist-alexnet-lrt 0 "$outside" "${mnist[@]}" --net alexnet
row mnist-alexnet-lrt-beta0.05 0 "$outside" "${mnist[@]}" --net alexnet --beta 0.05
row mnist-3conv3fc-lrt 0 "$outside" "${mnist[@]}" --net 3conv3fc
row digits-lenet-lrt "0 1 2" letters --dataset digits

# Short runs of every method, under every corruption.
corrupted=500
short=(--epochs 3 --limit 20000)
for set in mnist cifar10; do
  row "$set-corrupted-point" 0 "" --dataset "$set" "${short[@]}" --estimator point
  row "$set-corrupted-lrt" 0 "" --dataset "$set" "${short[@]}"
  row "$set-corrupted-bbb" 0 "" --dataset "$set" "${short[@]}" --estimator bbb
  row "$set-corrupted-ivon" 0 "" --dataset "$set" "${short[@]}" --optimiser ivon
  row "$set-corrupted-ensemble" 0 "" --dataset "$set" "${short[@]}" --method ensemble --members 3
  row "$set-corrupted-laplace" 0 "" --dataset "$set" "${short[@]}" --method laplace
  row "$set-corrupted-mc-dropout" 0 "" --dataset "$set" "${short[@]}" --method mc-dropout \
    --net "$home/benchmarks/DropoutLeNet.java" --lr 3e-3 --batch 256 --rotation 10 --shift 2 --no-standardise
done

# Open sets: six classes of CIFAR-10 are known, four are not. The splits are the five of Vaze et al. 2022 (arXiv 2110.06207,
# osr_splits.py), of which the first two know the same six classes: two seeds of one row.
openset() {
  local name=$1 seeds=$2 known=$3
  row "cifar10-openset-$name-lrt" "$seeds" unknown-classes "${cifar[@]}" --only-classes "$known"
  row "cifar10-openset-$name-point" "$seeds" unknown-classes "${cifar[@]}" --only-classes "$known" --estimator point
}
corrupted=
openset 1-2 "0 1" airplane,automobile,deer,frog,horse,truck
openset 3 0 automobile,cat,deer,dog,horse,truck
openset 4 0 airplane,automobile,frog,horse,ship,truck
openset 5 0 automobile,bird,deer,frog,horse,truck

[ ${#names[@]} -gt 0 ] || fail "there is no run of '$only' in $out"
"$python" "$home/benchmarks/results_table.py" "$out" "${names[@]}"
