"""Of tests/faults and tests/kill: runs of the program over old files, and what must be so after each."""
import os, random, shutil, subprocess, sys, tempfile, time

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), '..', '..'))
OLD = b'OLD\n'
# Every way out, less the movies, which another program makes.
WAYS = {'gif': 'g.gif', 'png': 'i.png', 'svg': 'v.svg', 'pdf': 'f.pdf', 'html': 'h.html', 'points': 'o.csv',
        'trace': 't.csv', 'weights': 'w.csv', 'parameters': 'q.csv', 'model': 'm.json'}


def outputs(ways=WAYS):
    return [word for way, name in ways.items() for word in ('--' + way, name)]


def read(path):
    with open(path, 'rb') as file:
        return file.read()


class Trial:
    """One part: its binary, its seed, its scratch folder; counts tries and violations."""

    def __init__(self, part, arguments, amounts, build):
        self.part, self.began, self.tried, self.violations = part, time.monotonic(), 0, 0
        words = list(arguments)
        word = words.pop(0) if words else ''
        self.form = word if word in ('short', 'deep') else ''
        self.amount = amounts[self.form] if self.form or not word else int(word)
        self.seed = int((words or [os.environ.get('SEED') or random.randrange(10**6)])[0])
        self.random = random.Random(self.seed)
        os.umask(0o022)
        self.binary = os.path.realpath(os.environ.get('EASYFIRST_BINARY', f'{ROOT}/build/{build}/easyfirst'))
        if not os.path.exists(self.binary):
            sys.exit(f'{part}: there is no {self.binary}: tests/deep builds it, and so does cmake --build --preset {build}')
        self.logs = f'{ROOT}/build/{part}'
        os.makedirs(self.logs, exist_ok=True)
        self.log = open(f'{self.logs}/log', 'w')
        self.folder = tempfile.mkdtemp(prefix=f'easyfirst {part}.', dir=os.environ.get('TMPDIR', '/tmp'))
        self.home = f'{self.folder}/home'
        self.work = f'{self.folder}/work'
        os.mkdir(self.home)
        options = os.environ.get('ASAN_OPTIONS', '')
        # What a refused call makes a library leave behind is that library's.
        self.environment = {'PATH': os.environ['PATH'], 'HOME': self.home, 'LC_ALL': 'C.UTF-8',
                            'ASAN_OPTIONS': f'{options}:detect_leaks=0'}
        self.say(f'{part}: seed {self.seed}, {self.binary}')

    def say(self, line):
        print(line, flush=True)
        print(line, file=self.log, flush=True)

    def wrong(self, what, command, keep=None):
        self.violations += 1
        self.say(f'VIOLATION {self.violations}: {what}\n  again: {command}')
        if keep and self.violations <= 20:
            shutil.copytree(keep, f'{self.logs}/{self.violations}', symlinks=True, dirs_exist_ok=True)

    def fresh(self, files):
        """The folder to run in, with these files in it: name and bytes."""
        shutil.rmtree(self.work, ignore_errors=True)
        os.mkdir(self.work)
        for name, text in files.items():
            with open(f'{self.work}/{name}', 'wb') as file:
                file.write(text)

    def run(self, command, after=None, limit=60, **more):
        """Exit status (below 0: minus the signal; None: it hangs), what it printed, what it said. after: seconds, and the
        signal that it gets then."""
        self.tried += 1
        more = {'cwd': self.work, 'env': self.environment, 'stdin': subprocess.DEVNULL, **more}
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as said:
            process = subprocess.Popen(command, **{'stdout': out, 'stderr': said, **more})
            try:
                if after:
                    time.sleep(after[0])
                    process.send_signal(after[1])
                status = process.wait(timeout=limit)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                status = None
            out.seek(0)
            said.seek(0)
            return status, out.read(), said.read().decode('utf8', 'replace')

    def files(self):
        return {name: read(f'{self.work}/{name}') for name in sorted(os.listdir(self.work))}

    def window(self, script, rounds):
        """Rounds of a script of tests/gui, which tells of a violation itself and ends with it."""
        self.say(f'the window, {rounds} times')
        path = f'{ROOT}/tests/gui/{script}'
        status, printed, _ = self.run(['bash', path, str(rounds), str(self.seed)], limit=rounds * 60 + 60, cwd=ROOT,
                                      env=os.environ | {'EASYFIRST_BINARY': self.binary}, stderr=subprocess.STDOUT)
        self.tried += rounds - 1
        self.say(printed.decode('utf8', 'replace').strip())
        if status != 0:
            self.wrong('the window', f'bash tests/gui/{script} {rounds} {self.seed}')

    def modes(self):
        """What of it is not as any file that is made here."""
        return [f'the mode of {name} is {mode:o}' for name in sorted(os.listdir(self.work))
                if (mode := os.lstat(f'{self.work}/{name}').st_mode & 0o7777) != 0o644]

    def end(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        seconds = round(time.monotonic() - self.began)
        self.say(f'{self.part}: {self.tried} tried in {seconds} s, seed {self.seed}: {self.violations} violations')
        sys.exit(self.violations > 0)


def mixed(found, before, after):
    """What is neither as it was nor as it is to be."""
    faults = []
    for name in sorted(set(found) | set(before)):
        if name not in found:
            faults.append(f'{name} is gone')
        elif name not in before and name not in after:
            faults.append(f'{name} is left')
        elif found[name] not in (before.get(name), after.get(name)):
            faults.append(f'{name} is neither the old nor the new one ({len(found[name])} bytes)')
    return faults
