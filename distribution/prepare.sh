
# For who builds an image: what the first commands would do beside their work, so that the first in a container is quick too.
find_program
for command in help step; do
  find_archive "$command"
  [ -n "$archive" ] || fail "there is no place for caches of classes: $home/classes is not writable, and HOME is not set."
  [ -s "$archive" ] || make_archive >/dev/null || fail "can't make $archive"
done
