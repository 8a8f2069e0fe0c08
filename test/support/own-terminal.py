"""Runs a program on a terminal of its own. Arguments: columns, rows, program and its arguments.
Standard input: a JSON object a line, {"send": text}, {"resize": [columns, rows]}, {"signal": number}, {"modes": 1} or
{"hangup": 1}. Standard output: what the terminal is sent. Standard error: a JSON object for each answer and for the end."""
import fcntl, json, os, pty, select, struct, sys, termios

def resize(terminal, columns, rows):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", int(rows), int(columns), 0, 0))

def modes(terminal):
    _, output, _, local = termios.tcgetattr(terminal)[:4]
    return {"echo": bool(local & termios.ECHO), "lines": bool(local & termios.ICANON),
            "signals": bool(local & termios.ISIG), "output": bool(output & termios.OPOST)}

def say(**answer):
    sys.stderr.write(json.dumps(answer) + "\n")
    sys.stderr.flush()

pid, master = pty.fork()
if pid == 0:
    resize(1, sys.argv[1], sys.argv[2])
    os.execvp(sys.argv[3], sys.argv[3:])
pending, isOpen, hasInput, last = b"", True, True, None
while isOpen:
    ready, _, _ = select.select([master] + ([0] if hasInput else []), [], [])
    if master in ready:
        try:
            data = os.read(master, 65536)
        except OSError:
            data = b""
        if not data:
            last = modes(master)
            break
        os.write(1, data)
    if 0 in ready:
        data = os.read(0, 65536)
        hasInput = len(data) > 0
        pending += data
        while b"\n" in pending:
            line, pending = pending.split(b"\n", 1)
            command = json.loads(line)
            if "send" in command: os.write(master, command["send"].encode())
            if "resize" in command: resize(master, *command["resize"])
            if "signal" in command: os.kill(pid, command["signal"])
            if "modes" in command: say(modes=modes(master))
            if "hangup" in command:
                os.close(master)
                isOpen = False
_, status = os.waitpid(pid, 0)
say(status=os.WEXITSTATUS(status) if os.WIFEXITED(status) else None,
    signal=os.WTERMSIG(status) if os.WIFSIGNALED(status) else None, modes=last)
