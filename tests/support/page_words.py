#!/usr/bin/python3
"""The words of assets/page, sorted, a line each: page_words.py FOLDER. Of a script the strings in quotes that tr and ofOrder
begin with; of the page its texts, labels and titles."""
import html.parser
import pathlib
import re
import sys

words = set()


class Page(html.parser.HTMLParser):
    of = None  # the element whose text is none of ours

    def handle_starttag(self, tag, attributes):
        if tag in ("script", "style", "noscript", "title"):
            self.of = tag
        words.update(value for name, value in attributes if name in ("aria-label", "title"))

    def handle_endtag(self, tag):
        if tag == self.of:
            self.of = None

    def handle_data(self, data):
        if not self.of and re.search("[A-Za-z]{2}", data):
            words.add(data.strip())


folder = pathlib.Path(sys.argv[1])
Page().feed((folder / "page.html").read_text(encoding="utf-8"))
for script in folder.glob("*.js"):
    for first in re.findall(r'\b(?:tr|ofOrder)\(((?:\s*"[^"]*",?)+)', script.read_text(encoding="utf-8")):
        words.update(re.findall(r'"([^"]*)"', first))
print("\n".join(sorted(words)))
