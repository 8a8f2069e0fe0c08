# Completes logwinnow's commands and options in bash, and file names elsewhere.
_logwinnow() {
	local words
	mapfile -t words < <(SHELL=/bin/bash logwinnow --get-yargs-completions "${COMP_WORDS[@]:0:COMP_CWORD+1}" 2>/dev/null)
	mapfile -t COMPREPLY < <(compgen -W "${words[*]}" -- "${COMP_WORDS[COMP_CWORD]}")
}
complete -o bashdefault -o default -F _logwinnow logwinnow
