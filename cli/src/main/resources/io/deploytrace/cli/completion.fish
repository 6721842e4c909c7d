# Completes the commands and options of deploytrace in fish.

function __deploytrace_is_at --description 'Whether the next word belongs to this command'
    set -l path
    for word in (commandline -opc)[2..]
        if test "$word" = --
            # What follows is the command of another program.
            set path --
            break
        end
        set -l deeper (string trim -- "$path $word")
        contains -- "$deeper" $__deploytrace_commands; and set path "$deeper"
    end
    test "$path" = "$argv[1]"
end

complete -c deploytrace -e
complete -c deploytrace -f
complete -c deploytrace -n '__deploytrace_is_at --' -F
