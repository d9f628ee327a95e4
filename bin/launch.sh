# Runs a class of this project: finds a JDK, builds when nothing is built or a source is newer, and adds the JVM's flags.
# For bin/posteriori, examples/run and benchmarks/run, which set home, the project's folder, and program, what messages
# begin with.

least=17

fail() {
  printf '%s: %s\n' "$program" "$1" >&2
  exit 1
}

# Prints a locale whose letters are those of UTF-8 where the current one, such as that of containers, has only ASCII's: the
# JVM could open no file whose name has others.
unicode_locale() {
  local names
  case $(locale charmap 2>/dev/null) in
    ANSI_X3.4-1968 | US-ASCII | 646) ;;
    *) return 0 ;;
  esac
  names=$(locale -a 2>/dev/null | grep -i '\.utf-*8$') || return 0
  grep -m 1 '^C\.' <<<"$names" || sed -n 1p <<<"$names"
}

# The feature release of a JDK folder, such as 17; nothing where there is none.
release() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
  "$1/bin/java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.specification\.version = \([0-9]*\)$/\1/p'
}

usable() {
  local version
  version=$(release "$1")
  [ -n "$version" ] && [ "$version" -ge "$least" ]
}

# JAVA_HOME if it will do, then the one on the PATH, then the newest in the usual folders.
find_jdk() {
  local candidate best= newest=0 version
  if [ -n "${JAVA_HOME:-}" ] && usable "$JAVA_HOME"; then
    printf '%s' "$JAVA_HOME"
    return
  fi
  if candidate=$(command -v javac); then
    candidate=$(dirname "$(dirname "$(readlink -f "$candidate")")")
    if usable "$candidate"; then
      printf '%s' "$candidate"
      return
    fi
  fi
  for candidate in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    version=$(release "$candidate")
    if [ -n "$version" ] && [ "$version" -ge "$least" ] && [ "$version" -gt "$newest" ]; then
      newest=$version
      best=$candidate
    fi
  done
  printf '%s' "$best"
}

# Whether something that the class needs is missing, or older than a source, a pom or a folder that lost a source.
stale() {
  local entry
  [ -f "$classpath" ] && [ -f "$class_file" ] || return 0
  while IFS= read -r -d : entry; do
    [ -e "$entry" ] || return 0
  done <<<"$(cat "$classpath"):"
  [ -n "$(find "$home"/pom.xml "$home"/*/pom.xml "${sources[@]}" -newer "$classpath" -print -quit)" ]
}

build() {
  local log status=0
  command -v mvn >/dev/null || fail "found no Maven to build with; install Maven 3.8 or later"
  log=$(mktemp)
  printf '%s: building (the first time downloads dependencies)\n' "$program" >&2
  JAVA_HOME=$jdk mvn -B -q -f "$home/pom.xml" -pl "$module" -am package -DskipTests >"$log" 2>&1 || status=$?
  if [ "$status" -ne 0 ]; then
    tail -n 40 "$log" >&2
    rm -f "$log"
    fail "the build failed; its last lines are above"
  fi
  rm -f "$log"
  touch "$classpath"
}

# Exports the number of threads that the options --threads or --config say: ND4J's native libraries read it when they are
# loaded, before an option could tell them.
export_threads() {
  local previous= threads= config= argument
  for argument in "$@"; do
    case $argument in
      --threads=*) threads=${argument#--threads=} ;;
      --config=*) config=${argument#--config=} ;;
      *)
        [ "$previous" != --threads ] || threads=$argument
        [ "$previous" != --config ] || config=$argument
        ;;
    esac
    previous=$argument
  done
  if [ -z "$threads" ] && [ -f "$config" ]; then
    threads=$(sed -n 's/^[[:space:]]*threads[[:space:]]*[=:][[:space:]]*\([0-9]*\)[[:space:]]*$/\1/p' "$config" | tail -n 1)
  fi
  [ -z "$threads" ] || export OMP_NUM_THREADS=$threads
}

# launch MODULE CLASS ARGUMENT...; ends as the class does. The class is among the module's tests where scope is test.
launch() {
  local module=$1 class=$2 jdk version
  shift 2
  local target=$home/$module/target unicode
  local sources=("$home"/*/src/main) classes=$target/classes classpath=$target/classpath.txt
  if [ "${scope:-}" = test ]; then
    sources=("$home"/*/src)
    classes=$target/test-classes:$classes
    classpath=$target/test-classpath.txt
  fi
  local class_file=${classes%%:*}/${class//.//}.class

  unicode=$(unicode_locale)
  [ -z "$unicode" ] || export LC_ALL=$unicode

  jdk=$(find_jdk)
  [ -n "$jdk" ] || fail "found no JDK of release $least or later; install one, or set JAVA_HOME to it"
  version=$(release "$jdk")

  if stale; then
    # One build at a time, also when several commands start at once.
    if command -v flock >/dev/null; then
      exec 9<"$home/pom.xml"
      flock 9
      if stale; then build; fi
      exec 9>&-
    else
      build
    fi
  fi

  local flags user_flags
  flags=(--add-modules jdk.incubator.vector -XX:ObjectAlignmentInBytes=64 -XX:+UseParallelGC -Xmx640m -Xmn32m -Djava.awt.headless=true -Dorg.bytedeco.javacpp.maxbytes=8g -Dorg.bytedeco.javacpp.maxphysicalbytes=16g
    -Dorg.slf4j.simpleLogger.defaultLogLevel=warn)
  [ "$version" -lt 24 ] || flags+=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
  [ ! -t 2 ] || flags+=(-Dposteriori.terminal=true)

  # glibc would give large arrays back to the system after every use, and fetch and clear them again for the next.
  export MALLOC_MMAP_MAX_=${MALLOC_MMAP_MAX_-0} MALLOC_TRIM_THRESHOLD_=${MALLOC_TRIM_THRESHOLD_-8589934592}

  # Native threads that wait must not spin: beside any other busy program every small op would cost a time slice.
  export OMP_WAIT_POLICY=${OMP_WAIT_POLICY-PASSIVE}

  # ND4J's native libraries and the JVM's common pool, which draws the noise, take one number of threads.
  case ${OMP_NUM_THREADS:-0} in
    0) unset OMP_NUM_THREADS ;;
    *[!0-9]*) ;;
    *) flags+=(-Djava.util.concurrent.ForkJoinPool.common.parallelism=$((OMP_NUM_THREADS - 1))) ;;
  esac

  read -ra user_flags <<<"${POSTERIORI_JAVA_OPTS:-}"
  exec "$jdk/bin/java" "${flags[@]}" ${user_flags[@]+"${user_flags[@]}"} \
    -cp "$classes:$(cat "$classpath")" "$class" "$@"
}
