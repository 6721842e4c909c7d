
called=$0
[ "$(command -v deploytrace)" != "$0" ] || called=deploytrace
find_program "$@"
find_archive "$@"
# The command doesn't wait for it, those that follow find it. A server has no use for it.
[ -z "$archive" ] || [ -e "$archive" ] || [ "${1:-}" = serve ] ||
  (make_archive </dev/null >/dev/null 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &)
launch "$@"
