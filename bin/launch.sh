# Runs a class of this project's sources: builds when nothing is built or a source is newer. For the scripts that set home,
# the project's folder, and program, what messages begin with.

. "$home/bin/jvm.sh"

# Whether something that the class needs is missing.
incomplete() {
  local entry
  [ -f "$classpath" ] && [ -e "$class_file" ] || return 0
  while IFS= read -r -d : entry; do
    [ -e "$entry" ] || return 0
  done <<<"$(cat "$classpath"):"
  return 1
}

# Whether it is older than a source, a pom or a folder that lost a source.
outdated() {
  [ -n "$(find "$home"/pom.xml "$home"/*/pom.xml "${sources[@]}" -newer "$classpath" -print -quit)" ]
}

stale() {
  incomplete || outdated
}

writable() {
  [ -w "$home/$module" ] && { [ ! -e "$target" ] || [ -w "$target" ]; }
}

build() {
  local log status=0
  prepare
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

# launch MODULE CLASS ARGUMENT...; ends as the class does. The class is among the module's tests where scope is test, and
# runs on Apache Spark where with_spark is yes.
launch() {
  local module=$1 class=$2
  shift 2
  local target=$home/$module/target
  local sources=("$home"/*/src/main) classes=$target/classes classpath=$target/classpath.txt
  if [ "${scope:-}" = test ]; then
    sources=("$home"/*/src)
    classes=$target/test-classes:$classes
    classpath=$target/test-classpath.txt
  fi
  local class_file=${classes%%:*}/${class//.//}.class
  # That of cli, which runs there as well.
  [ "$module" != cli-spark ] || class_file=$classes/META-INF/services

  if ! writable; then
    if incomplete; then
      fail "found no whole build in $home, and no right to write there; let its owner run 'mvn package -DskipTests' with a
local repository that you can read, or unpack the archive that 'mvn verify' leaves in cli-spark/target"
    elif outdated; then
      printf '%s: running what was built before the last change of a source, for %s cannot be written\n' "$program" "$home" >&2
    fi
  elif stale; then
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

  if [ "${with_spark:-}" = yes ]; then
    # Executors take jars.
    local jars=("$target/$module"-*[0-9T].jar) spark
    spark=$(spark_home_jars)
    start_on_spark "${jars[0]}:$(cat "$classpath")" "${spark:-$(cat "$target/spark-classpath.txt")}" "$class" "$@"
  fi
  start "$classes:$(cat "$classpath")" "$class" "$@"
}
