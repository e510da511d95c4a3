"""Run one command from a process that is itself small, and print its wall seconds, peak MiB and exit code.

Linux counts the memory of whoever starts a program towards that program's peak, so a large one must not start it.
"""

import os
import sys
import time


def main(command: list[str]) -> None:
    """Run a command with its output thrown away; the peak is that of its largest process."""
    nothing = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
    start = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=nothing)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - start
    print(wall, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main(sys.argv[1:])
