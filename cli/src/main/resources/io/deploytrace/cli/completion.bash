
# The words count in their order: neither the value of an option nor a command after -- is taken for one of deploytrace.
_deploytrace() {
  local command=_picocli_deploytrace helping= index word
  for ((index = 1; index < COMP_CWORD; index++)); do
    word=${COMP_WORDS[index]}
    if [ "$word" = -- ]; then
      # Files, by the default of the shell.
      COMPREPLY=()
      return
    elif [ "$word" = help ] && [ "$command" = _picocli_deploytrace ]; then
      helping=yes
    elif type "${command}_$word" >/dev/null 2>&1; then
      command=${command}_$word
    fi
  done
  "$command"
  [ -z "$helping" ] || _deploytrace_keep_commands "$command"
}

_deploytrace_keep_commands() {
  local reply commands=()
  for reply in "${COMPREPLY[@]}"; do
    ! type "$1_$reply" >/dev/null 2>&1 || commands+=("$reply")
  done
  COMPREPLY=("${commands[@]}")
}

complete -F _deploytrace -o default deploytrace
