#!/usr/bin/env bash
# Networks drawn at random, in Posteriori and in PyTorch on this machine, in alternation; prints how many times as fast
# their training steps are, sorted.
#
#   benchmarks/compare_drawn.sh [--networks N] [--first N] [--rounds N] [--steps N] [--threads N] [--samples T] [--out DIR]
#
# Each network is a function of its seed, from --first on: `benchmarks/run DrawnBenchmark --network SEED` measures one
# alone, with --show java it prints the class. With --samples, predictions of T samples are compared too. PyTorch runs with
# 1 thread and with N; its best counts. DIR/SEED holds what was measured, and what is there is not measured again: the
# script may be stopped and started at will; after a change of the engine, name another DIR. PYTHON as for compare.sh.
set -euo pipefail

home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
python=${PYTHON:-/usr/bin/python3}
networks=50 first=0 rounds=1 steps=20 threads=2 samples=0 out=$home/runs/drawn

fail() {
  printf 'compare_drawn: %s\n' "$1" >&2
  exit "${2:-1}"
}

while [ $# -gt 0 ]; do
  case $1 in
    --networks | --first | --rounds | --steps | --threads | --samples | --out)
      [ $# -gt 1 ] || fail "$1 needs a value" 2
      declare "${1#--}=$2"
      shift 2
      ;;
    --help)
      sed -n '2,11s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
      exit
      ;;
    *) fail "found '$1', expected --networks, --first, --rounds, --steps, --threads, --samples or --out" 2 ;;
  esac
done

"$python" -c 'import torch' 2>/dev/null ||
  fail "$python has no torch: install Debian's python3-torch and libopenblas0-pthread, or set PYTHON to one that has it"

# As compare.sh.
export MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=8589934592
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE

# Runs a program and keeps its last line, unless it is there; what it says beside that is kept where it failed.
measure() {
  local to=$1
  shift
  [ ! -s "$to" ] || return 0
  if "$@" 2>"$to.log" | tail -n 1 >"$to.part"; then
    mv "$to.part" "$to"
    rm -f "$to.log"
  else
    rm -f "$to.part"
    printf 'compare_drawn: failed, see %s\n' "$to.log" >&2
  fi
}

for round in $(seq "$rounds"); do
  for ((seed = first; seed < first + networks; seed++)); do
    results=$out/$seed
    mkdir -p "$results"
    drawn=("$home/benchmarks/run" DrawnBenchmark --network "$seed")
    common=(--steps "$steps" --samples "$samples")
    measure "$results/network.json" "${drawn[@]}" --show json
    measure "$results/$round.ours.json" "${drawn[@]}" "${common[@]}" --threads "$threads" --json
    for t in $(printf '1\n%s\n' "$threads" | sort -nu); do
      measure "$results/$round.torch$t.json" "$python" "$home/benchmarks/pytorch_bench.py" \
        --network "$results/network.json" "${common[@]}" --threads "$t"
    done
    "$python" "$home/benchmarks/compare_drawn.py" "$out" "$seed" "$((seed + 1))" >&2
  done
done

"$python" "$home/benchmarks/compare_drawn.py" "$out" "$first" "$((first + networks))" --table
