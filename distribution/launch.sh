# How Java is found and the program is started: the same in a checkout and in what is made to be installed.

fail() {
  printf 'deploytrace: %s\n' "$*" >&2
  exit 4
}

# Without a Java the commands of CI jobs don't break the job: it goes on unrecorded. The others fail.
no_java() {
  printf 'deploytrace: %s\n' "$1" >&2
  shift
  case ${1:-} in
    exec) run_unrecorded "$@" ;;
    start | step | metadata | end) exit 0 ;;
  esac
  exit 4
}

run_unrecorded() {
  shift
  while [ $# -gt 0 ]; do
    case $1 in
      --) shift && break ;;
      --name) shift ;;
      -*) ;;
      *) break ;;
    esac
    shift
  done
  [ $# -gt 0 ] || exit 2
  exec "$@"
}

# Sets resolved to the file that a path leads to. Needs no other program unless there are symbolic links.
resolve() {
  case $1 in
    */*) resolved=$1 ;;
    *) resolved=./$1 ;;
  esac
  while [ -L "$resolved" ]; do
    target=$(readlink -- "$resolved") || fail "can't follow the link $resolved"
    case $target in
      /*) resolved=$target ;;
      *) resolved=${resolved%/*}/$target ;;
    esac
  done
}

# Sets java, java_home and java_version; $1 is what to install, and the rest the command line. The version comes from the JDK's own release file,
# which costs nothing to read.
find_java() {
  wanted=$1
  shift
  if [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java
    [ -x "$java" ] || no_java "JAVA_HOME is $JAVA_HOME, but there is no bin/java in it. Set it to $wanted." "$@"
  else
    java=$(command -v java) || no_java "no Java found. Install $wanted, or set JAVA_HOME to one." "$@"
  fi
  resolve "$java"
  java=$resolved
  java_home=$(CDPATH='' cd -- "${java%/*}/.." && pwd -P)
  read_java_version
  java_feature=${java_version%%[!0-9]*}
  [ "${java_feature:-0}" -ge 17 ] ||
    no_java "Java ${java_version:-of an unknown version} in $java_home is too old. Install $wanted, or set JAVA_HOME to one." "$@"
}

read_java_version() {
  java_version=
  if [ -r "$java_home/release" ]; then
    while IFS='=' read -r key value; do
      [ "$key" != JAVA_VERSION ] || java_version=$value
    done <"$java_home/release"
  fi
  if [ -z "$java_version" ]; then
    java_version=$("$java" -version 2>&1)
    java_version=\"${java_version#* version \"}
  fi
  java_version=${java_version#\"}
  java_version=${java_version%%\"*}
}

# Sets jar to what runs this command of the program in the directory $home, and classes to the name of the JVM's cache of what it loads. The
# commands of CI jobs start at each step, and without the rest of the program.
choose_jar() {
  jar=$home/deploytrace.jar
  classes=commands
  case ${1:-} in
    exec | start | step | metadata | end)
      for jar in "$home"/lib/deploytrace-ci-*.jar; do :; done
      classes=ci
      ;;
  esac
}

# Sets flat to a path as a part of a file's name.
flatten() {
  flat=
  rest=$1
  while [ "$rest" != "${rest#*/}" ]; do
    flat=$flat${rest%%/*}-
    rest=${rest#*/}
  done
  flat=$flat$rest
}

find_terminal() {
  descriptors=
  columns=
  [ ! -t 0 ] || descriptors=0
  [ ! -t 2 ] || descriptors=${descriptors}2
  [ ! -t 1 ] || {
    descriptors=${descriptors}1
    columns=$(stty size 2>/dev/null </dev/tty) && columns=${columns#* } || columns=
  }
}

# Becomes the program. What a person types to start it again is $called, for the commands that the program suggests.
launch() {
  find_terminal
  # Without a locale, or with one that isn't installed, Java would take the arguments for ASCII. What 'exec' runs is given its own back.
  locale=${LC_ALL:-}
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in
    C | POSIX | *.UTF-8 | *.utf-8 | *.UTF8 | *.utf8) export LC_ALL=C.UTF-8 ;;
  esac
  # A command ends soon; a server runs for long, and is better restarted than without memory.
  tuning='-XX:TieredStopAtLevel=1 -XX:+UseSerialGC'
  [ "${1:-}" != serve ] || tuning=-XX:+ExitOnOutOfMemoryError
  # Java would raise the limit of open files for what it runs, too. To leave it takes some milliseconds.
  [ "${1:-}" != exec ] || tuning="$tuning -XX:-MaxFDLimit"
  [ ! -s "$archive" ] || set -- -XX:SharedArchiveFile="$archive" -Xlog:disable -Xlog:all=error:stderr -jar "$jar" "$@"
  [ -s "$archive" ] || set -- -jar "$jar" "$@"
  # shellcheck disable=SC2086
  exec "$java" -Xshare:auto $tuning -XX:-UsePerfData \
    -Ddeploytrace.program="$called" -Ddeploytrace.locale="$locale" -Ddeploytrace.terminal="$descriptors" -Ddeploytrace.columns="$columns" "$@"
}
