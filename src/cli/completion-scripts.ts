/** The scripts by which shells complete the command line: each asks the program what may follow, else offers files. */

const bash = `# Completes logwinnow's commands and options in bash, and file names elsewhere.
_logwinnow() {
	local words
	mapfile -t words < <(SHELL=/bin/bash logwinnow --get-yargs-completions "\${COMP_WORDS[@]:0:COMP_CWORD+1}" 2>/dev/null)
	mapfile -t COMPREPLY < <(compgen -W "\${words[*]}" -- "\${COMP_WORDS[COMP_CWORD]}")
}
complete -o bashdefault -o default -F _logwinnow logwinnow
`;

const zsh = `#compdef logwinnow
# Completes logwinnow's commands and options in zsh, each with its description, and file names elsewhere.
_logwinnow() {
	local -a found
	found=("\${(@f)$(SHELL=/bin/zsh logwinnow --get-yargs-completions "\${(@)words[1,CURRENT]}" 2>/dev/null)}")
	if [[ -n "\${found[*]}" ]]; then
		_describe 'command or option' found
	else
		_files
	fi
}
if [[ "$funcstack[1]" = _logwinnow ]]; then
	_logwinnow "$@"
else
	compdef _logwinnow logwinnow
fi
`;

const fish = `# Completes logwinnow's commands and options in fish, each with its description, and file names elsewhere.
function __logwinnow_offered
	set -l words (commandline --tokenize --current-process --cut-at-cursor) (commandline --current-token --cut-at-cursor)
	SHELL=/usr/bin/fish logwinnow --get-yargs-completions $words 2>/dev/null
end
complete --command logwinnow --condition 'count (__logwinnow_offered | string match --regex .)' --no-files
complete --command logwinnow --arguments '(__logwinnow_offered)'
`;

export const completionScripts = { bash, zsh, fish } as const;
