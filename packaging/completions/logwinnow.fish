# Completes logwinnow's commands and options in fish, and file names elsewhere.
complete --command logwinnow --arguments '(SHELL=/bin/bash logwinnow --get-yargs-completions (commandline --tokenize --current-process --cut-at-cursor) (commandline --current-token --cut-at-cursor) 2>/dev/null)'
