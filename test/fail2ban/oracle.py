"""Says what fail2ban's own code finds in lines, and makes such lines.

In, as JSON: {"directory", "filters", "lines", "seed", "samples"}. Out: for each filter its prefregex, its failregexes as
fail2ban reads them, and lines: each with its text as it is logged, and which failregexes find a failure in it. Lines are
those that are given, and made ones: random texts that an expression takes, and the same with a change.
"""

import datetime
import json
import logging
import random
import re
import string
import sys

sys.path.insert(0, "/usr/lib/python3/dist-packages")
logging.disable(logging.CRITICAL)
from fail2ban.client.filterreader import FilterReader  # noqa: E402
from fail2ban.server.failregex import Regex  # noqa: E402

try:
    import re._parser as sre_parse
except ImportError:
    import sre_parse

DATES = ["Nov 22 00:41:26", "2026-11-22 00:41:26,123", "2026/11/22 00:41:26"]
BRACKETED = ["Sun Nov 22 00:41:26.123456 2026", "22/Nov/2026:00:41:26 +0000", "2026-11-22 00:41:26"]
OTHERS = ["1795308086.123", "2026:11:22-00:41:26"]
NOON = datetime.datetime(2026, 11, 22, 12, 41, 26, tzinfo=datetime.timezone.utc)
PRINTABLE = [chr(code) for code in range(0x20, 0x7F)]
WORDS = ["a", "0", "x.y", "alice", "192.0.2.7", "2001:db8::7", "from", "-", "_", "[]", ": "]


class Sampler:
    """Random texts that a regular expression takes, as far as look-aheads and references allow."""

    def __init__(self, rand, pattern):
        self.rand = rand
        self.groups = {}
        self.tree = sre_parse.parse(pattern)

    def sample(self):
        self.groups = {}
        return self.sequence(self.tree, 0)

    def sequence(self, items, depth):
        return "".join(self.item(str(op), value, depth) for op, value in items)

    def item(self, op, value, depth):
        rand = self.rand
        if op == "LITERAL":
            return chr(value)
        if op == "NOT_LITERAL":
            return self.pick(lambda character: ord(character) != value)
        if op == "ANY":
            return rand.choice(PRINTABLE)
        if op == "IN":
            return self.pick(lambda character: self.is_in(value, character))
        if op == "BRANCH":
            return self.sequence(rand.choice(value[1]), depth + 1)
        if op == "SUBPATTERN":
            text = self.sequence(value[3], depth + 1)
            self.groups[value[0]] = text
            return text
        if op in ("MAX_REPEAT", "MIN_REPEAT"):
            least, most, body = value
            most = min(int(most), int(least) + 4)
            # The parts of a header are usual; elsewhere both are.
            count = most if least == 0 and most == 1 and rand.random() < 0.6 else rand.randint(int(least), most)
            if depth < 2 and rand.random() < 0.3 and str(body[0][0]) == "ANY" and least == 0:
                return rand.choice(WORDS)
            return "".join(self.sequence(body, depth + 1) for _ in range(count))
        if op == "GROUPREF":
            return self.groups.get(value, "")
        if op == "GROUPREF_EXISTS":
            group, yes, no = value
            branch = yes if group in self.groups else no
            return self.sequence(branch, depth + 1) if branch else ""
        return ""

    def pick(self, accepts):
        found = [character for character in PRINTABLE if accepts(character)]
        if not found:
            return "\t"
        usual = [character for character in found if character.isalnum() or character == " "]
        return self.rand.choice(usual if usual and self.rand.random() < 0.8 else found)

    def is_in(self, members, character):
        negated, found = False, False
        code = ord(character)
        for op, value in members:
            name = str(op)
            if name == "NEGATE":
                negated = True
            elif name == "LITERAL":
                found = found or code == value
            elif name == "RANGE":
                found = found or value[0] <= code <= value[1]
            elif name == "CATEGORY":
                found = found or bool(re.match(CATEGORIES[str(value)], character))
        return found != negated


CATEGORIES = {
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_NOT_DIGIT": r"\D",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_WORD": r"\W",
}


def mutated(rand, text):
    """The text with a character or a word more, less or another."""
    place = rand.randrange(len(text) + 1)
    kind = rand.randrange(5)
    if kind == 0:
        return text[:place] + rand.choice(PRINTABLE) + text[place:]
    if kind == 1:
        return text[:place] + text[place + 1 :]
    if kind == 2:
        return text[:place] + rand.choice(PRINTABLE) + text[place + 1 :]
    if kind == 3:
        return text[:place] + rand.choice(WORDS) + text[place:]
    words = text.split(" ")
    index = rand.randrange(len(words))
    return " ".join(words[:index] + words[index + 1 :])


class Filter:
    def __init__(self, directory, name):
        reader = FilterReader(name, "jail", {}, basedir=directory)
        reader.read()
        reader.getOptions(None)
        options = reader.getCombined()
        self.failregexes = [line for line in (options.get("failregex") or "").split("\n") if line]
        self.prefregex = options.get("prefregex") or None
        self.date_pattern = options.get("datepattern") or ""
        self.compiled = [Regex(text) for text in self.failregexes]
        self.pref = Regex(self.prefregex) if self.prefregex else None
        daemon = reader.getCombOption("__daemon_combs_re")
        self.tag = daemon and re.sub(r"<([^ <>]+)>", lambda m: reader.getCombOption(m.group(1)) or m.group(), daemon)
        while self.tag and re.search(r"<_", self.tag):
            self.tag = re.sub(r"<([^ <>]+)>", lambda m: reader.getCombOption(m.group(1)) or m.group(), self.tag)

    def verdicts(self, text):
        """Which failregexes find a failure in a text without its date."""
        buffer = text + "\n"
        if self.pref:
            self.pref.search([(text, "", "")])
            if not self.pref.hasMatched():
                return []
            content = self.pref.getGroups().get("content")
            buffer = buffer if content is None else content
        return [index for index, regex in enumerate(self.compiled) if regex._regexObj.search(buffer)]

    def has_header(self, text):
        """Whether a host and the program stand where syslog puts them. Without a prefregex nobody asks."""
        if not self.pref or not self.tag or self.prefregex.find(r"(?:\S+\s+)?") < 0:
            return True
        return bool(re.match(r"\s*[\w.-]+\s+(?:kernel:\s?\[ *\d+\.\d+\]:?\s+)?(?:@vserver_\S+\s+)?(?:%s)\s+" % self.tag, text))

    def samples(self, rand, count):
        for text in self.failregexes:
            expression = Regex._resolveHostTag(text)
            for _ in range(count):
                yield self.sample(rand, expression)

    def sample(self, rand, expression):
        try:
            found = Sampler(rand, expression).sample()
        except Exception:
            return ""
        if not self.pref:
            return found
        prefix = Regex._resolveHostTag(self.prefregex)
        before = prefix[: prefix.index("(?P<content>")]
        # What is open in what comes before the content is closed.
        for end in range(len(before), 0, -1):
            try:
                return Sampler(rand, before[:end]).sample() + found
            except Exception:
                continue
        return found


def dated(rand, text, date_pattern):
    """The text with a date where one may stand, or none."""
    own = re.match(r"(?:\^|\{\^LN-BEG\})([^{(\n]*%[^{(\n]*|Epoch)(?:\n|$)", date_pattern)
    if own:
        written = "1795308086" if own.group(1) == "Epoch" else NOON.strftime(own.group(1).replace("%Ex", "%"))
        return written.replace("\\", "") + text
    brackets = text.find("[]")
    if brackets == 0 or (brackets > 0 and (not date_pattern or r"\[({DATE}" in date_pattern)):
        date = rand.choice(BRACKETED)
        # A line with a date has no other place for one.
        if "[]" in text[brackets + 2 :]:
            return None
        return text[: brackets + 1] + date + text[brackets + 1 :]
    if text.startswith(" "):
        return rand.choice(DATES) + text
    return None


def main():
    asked = json.load(sys.stdin)
    rand = random.Random(asked["seed"])
    answers = {}
    for name in asked["filters"]:
        try:
            found = Filter(asked["directory"], name)
        except Exception as error:
            answers[name] = {"error": str(error)}
            continue
        lines = []

        def add(text, line):
            usable = line is not None and "\n" not in line and line == line.rstrip() and line.isascii() and "\r" not in line
            if usable and all(character >= " " or character == "\t" for character in line):
                lines.append({"line": line, "found": found.verdicts(text), "hasHeader": found.has_header(text)})

        for line in asked["lines"].get(name, []):
            text = re.sub("|".join(map(re.escape, DATES + BRACKETED + OTHERS)), "", line, count=1)
            add(text, line)
        for text in found.samples(rand, asked["samples"]):
            add(text, dated(rand, text, found.date_pattern))
            for _ in range(2):
                other = mutated(rand, text)
                add(other, dated(rand, other, found.date_pattern))
        answers[name] = {"prefregex": found.prefregex, "failregexes": found.failregexes, "lines": lines}
    json.dump(answers, sys.stdout)


main()
