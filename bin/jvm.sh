# Starts the JVM: finds a JDK and adds the flags. For scripts that set program, what messages begin with.

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

# Prints the feature release of a JDK and its folder, such as "17 /usr/lib/jvm/jdk-17"; nothing where it will not do.
usable() {
  local version
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
  version=$("$1/bin/java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.specification\.version = \([0-9]*\)$/\1/p')
  [ -z "$version" ] || [ "$version" -lt "$least" ] || printf '%s %s\n' "$version" "$1"
}

# Prints like usable JAVA_HOME if it will do, then the JDK on the PATH, then the newest in the usual folders.
find_jdk() {
  local candidate found
  if [ -n "${JAVA_HOME:-}" ]; then
    found=$(usable "$JAVA_HOME")
    if [ -n "$found" ]; then
      printf '%s' "$found"
      return
    fi
  fi
  if candidate=$(command -v javac); then
    found=$(usable "$(dirname "$(dirname "$(readlink -f "$candidate")")")")
    if [ -n "$found" ]; then
      printf '%s' "$found"
      return
    fi
  fi
  for candidate in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "${HOME:-}"/.sdkman/candidates/java/* \
    "${HOME:-}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    usable "$candidate"
  done | sort -n | tail -n 1
}

# Sets jdk and version, and a locale in which any name can be read.
prepare() {
  local unicode
  unicode=$(unicode_locale)
  [ -z "$unicode" ] || export LC_ALL=$unicode
  read -r version jdk <<<"$(find_jdk)"
  [ -n "$jdk" ] || fail "found no JDK of release $least or later; install one, or set JAVA_HOME to it"
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

# Whether the arguments ask for Apache Spark, and not only for help.
asks_for_spark() {
  local argument found=1
  [ "${1:-}" != score ] || found=0
  for argument in "$@"; do
    case $argument in
      --spark | --spark=*) found=0 ;;
      --help | -h) return 1 ;;
    esac
  done
  return $found
}

# Prints the class path of Spark in SPARK_HOME, without its provider of SLF4J: the program has one. Nothing where
# SPARK_HOME is not set.
spark_home_jars() {
  local jars jar
  [ -n "${SPARK_HOME:-}" ] || return 0
  jars=("$SPARK_HOME"/jars/spark-core_2.13-4.*.jar)
  [ -f "${jars[0]}" ] || fail "SPARK_HOME is $SPARK_HOME, which has no jars/spark-core_2.13-4.*.jar, expected the folder of
Spark 4 for Scala 2.13: set it to one that you have unpacked, or unset it"
  printf '%s:' "$SPARK_HOME"/conf ${HADOOP_CONF_DIR:+"$HADOOP_CONF_DIR"}
  for jar in "$SPARK_HOME"/jars/*.jar; do
    case ${jar##*/} in
      log4j-slf4j2-impl-*) ;;
      *) printf '%s:' "$jar" ;;
    esac
  done
}

# start_on_spark CLASS_PATH SPARK_CLASS_PATH CLASS ARGUMENT...; like start. Executors elsewhere get the jars of the first.
start_on_spark() {
  local own=$1 spark=$2 package
  shift 2
  more_flags=("-Dposteriori.jars=$own")
  # What Spark's own scripts open; see JavaModuleOptions of spark-launcher.
  for package in java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util java.util.concurrent \
    java.util.concurrent.atomic jdk.internal.ref sun.nio.ch sun.nio.cs sun.security.action sun.util.calendar; do
    more_flags+=("--add-opens=java.base/$package=ALL-UNNAMED")
  done
  # Spark's come first, as on executors.
  start "${spark%:}:$own" "$@"
}

# start CLASS_PATH CLASS ARGUMENT...; ends as the class does.
start() {
  local class_path=$1 flags user_flags
  shift
  prepare

  # The vector engine loads its incubator module itself, which the package opened here does: of a module that an option
  # names, the JVM warns at each start. Memory follows the machine, or the container: objects die young in 32 MB, and the
  # others grow to 60 % as they need it; so may ND4J's arrays, outside the heap, and all together to 90 %.
  flags=(--add-exports java.base/jdk.internal.module=ALL-UNNAMED -XX:ObjectAlignmentInBytes=64 -XX:+UseParallelGC -Xmn32m
    -XX:MaxRAMPercentage=60 -Dorg.bytedeco.javacpp.maxbytes=100% -Dorg.bytedeco.javacpp.maxphysicalbytes=150%
    -Djava.awt.headless=true -Dorg.slf4j.simpleLogger.defaultLogLevel=warn)
  case " ${POSTERIORI_JAVA_OPTS:-}" in
    *' -Xm'[sx]*) ;;
    *) flags+=(-Xms320m) ;; # Else the heap would start with a share of the machine.
  esac
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
  exec "$jdk/bin/java" "${flags[@]}" ${more_flags[@]+"${more_flags[@]}"} ${user_flags[@]+"${user_flags[@]}"} -cp "$class_path" "$@"
}
