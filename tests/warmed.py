"""What the processes of `forked.py` need not do again: importing this compiles the rules, by cleaning two pages."""

from cleaners.clean import clean
from cleaners.model import Page

for _body in ("会议讲话\n同志们，今天的会议开得很好。", "<title>会议讲话</title><p>同志们，今天的会议开得很好。</p>"):
    clean(Page(body=_body.encode()))
