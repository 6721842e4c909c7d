
# Sets home and java, and with them what find_java does: the program's own Java comes first, if it has one.
find_program() {
  resolve "$0"
  home=$(CDPATH='' cd -- "${resolved%/*}/" && pwd -P) || exit 4
  java=$home/runtime/bin/java
  java_home=
  java_version=
  [ -x "$java" ] || find_java 'a Java 17 or newer' "$@"
}

# Sets jar, and archive to where the JVM's cache of loaded classes is, or is to be; to nothing if there is no place for it. The JVM takes only one that
# it made itself, of the same jars at the same path.
find_archive() {
  choose_jar "$@"
  flatten "$home/$classes-$build$java_version$java_home"
  archive=$home/classes/$flat.jsa
  [ ! -e "$archive" ] && [ ! -w "$home/classes" ] || return 0
  cache=${HOME:+$HOME/.cache}
  case ${XDG_CACHE_HOME:-} in
    /*) cache=$XDG_CACHE_HOME ;;
  esac
  archive=${cache:+$cache/deploytrace/$flat.jsa}
}

# Takes about a second. A directory is the lock; one that is left by who was killed, or couldn't, holds up the next for a while only.
make_archive() {
  mkdir -p -- "${archive%/*}" || return
  if ! mkdir -- "$archive.lock"; then
    find "$archive.lock" -prune -mmin +5 -exec rmdir -- {} \;
    return 1
  fi
  "$java" -XX:+UseG1GC -Xshare:dump -XX:SharedClassListFile="$home/classes/$classes" -XX:SharedArchiveFile="$archive.lock.jsa" \
    -Xlog:disable -jar "$jar" &&
    mv -f -- "$archive.lock.jsa" "$archive" &&
    rmdir -- "$archive.lock"
}
