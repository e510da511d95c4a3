"""The shell: arguments, printing, exit codes; one file a verb."""
