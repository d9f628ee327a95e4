#!/usr/bin/env bash
# Posteriori beside PyTorch on this machine: the same steps and predictions, in alternation.
#
#   benchmarks/compare.sh [--rounds N] [--steps N] [--threads N] [--only WORDS] [--estimators NAMES] [--samples T]
#                         [--activation A] [--out FILE]
#
# --only takes the rows whose name contains WORDS, such as "resnet20 lrt"; --estimators some of "lrt bbb plain". Batches
# are of 256 images for LeNet, 3Conv3FC, AlexNet and the perceptron, and of 128 for the others. Bayesian networks have
# softplus where they are PyTorch-BayesianCNN's, and else ReLU. PyTorch runs with 1 thread and with N; its best counts.
# Nothing is installed: PYTHON (default /usr/bin/python3) must have torch, such as from Debian's packages: apt-get install
# python3-torch libopenblas0-pthread
set -euo pipefail

home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
python=${PYTHON:-/usr/bin/python3}
rounds=3 steps=20 samples=25 threads=2 only= estimators="lrt bbb plain" activation= out=

fail() {
  printf 'compare: %s\n' "$1" >&2
  exit "${2:-1}"
}

while [ $# -gt 0 ]; do
  case $1 in
    --rounds | --steps | --threads | --only | --estimators | --samples | --activation | --out)
      [ $# -gt 1 ] || fail "$1 needs a value" 2
      declare "${1#--}=$2"
      shift 2
      ;;
    --help)
      sed -n '2,12s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
      exit
      ;;
    *) fail "found '$1', expected --rounds, --steps, --threads, --only, --estimators, --samples, --activation or --out" 2 ;;
  esac
done

"$python" -c 'import torch' 2>/dev/null ||
  fail "$python has no torch: install Debian's python3-torch and libopenblas0-pthread, or set PYTHON to one that has it"

# As a measurement should find PyTorch: its allocator at its best, as the launcher sets the same for ND4J.
export MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=8589934592
# Some hosts set these to slow old kernels down to safe ones; a comparison must not.
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE

lines=$(mktemp)
trap 'rm -f "$lines"' EXIT

limit=$("$home/benchmarks/run" Limit | tail -n 1)

# Runs a program and keeps its last line beside what it was.
record() {
  local what=$1 who=$2
  shift 2
  printf '%s\t%s\t%s\n' "$what" "$who" "$("$@" 2>/dev/null | tail -n 1)" >>"$lines"
}

for round in $(seq "$rounds"); do
  for net in lenet 3conv3fc alexnet resnet20 vgg11 vgg64 separable signal widenet mlp; do
    case $net in
      lenet | 3conv3fc | alexnet) batch=256 function=softplus ;;
      mlp) batch=256 function=relu ;;
      *) batch=128 function=relu ;;
    esac
    for estimator in $estimators; do
      what="$net $estimator"
      [[ -z $only || $what == *$only* ]] || continue
      printf 'round %s of %s: %s\n' "$round" "$rounds" "$what" >&2
      common=(--net "$net" --batch "$batch" --steps "$steps" --samples "$samples")
      if [ "$estimator" = plain ]; then
        common+=(--kind frequentist)
      else
        common+=(--estimator "$estimator" --activation "${activation:-$function}")
      fi
      record "$what" ours "$home/benchmarks/run" NetworkBenchmark "${common[@]}" --threads "$threads" --json
      for t in $(printf '1\n%s\n' "$threads" | sort -nu); do
        record "$what" "torch$t" "$python" "$home/benchmarks/pytorch_bench.py" "${common[@]}" --threads "$t"
      done
    done
  done
done

"$python" "$home/benchmarks/compare_table.py" "$lines" "$limit" "$threads" | tee ${out:+"$out"}
