"""How a written person is found: by id, confirmed alias, e-mail or name, each compared after folding."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kmnet.tables.cells import fold
from kmnet.tables.names import bare, beside, candidates, loose

_MAIL = re.compile(r"([^<>]+?)\s*<([^<>@\s]+@[^<>@\s]+)>")


@dataclass(frozen=True)
class Identity:
    """How a written person is found.

    ``ids`` maps folded ids to ids; ``aliases`` folded spellings; ``emails``, ``names`` and ``loose`` what belongs to
    the register, to all ids that have it. ``refused`` maps an id to the sources it did not agree to.
    """

    ids: Mapping[str, str]
    aliases: Mapping[str, str] = field(default_factory=dict)
    emails: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)
    names: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)
    loose: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)
    withdrawn: frozenset[str] = frozenset()
    refused: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def find(self, text: str) -> tuple[str, str]:
        """The id of a written person, and how it was found.

        Returns
        -------
        id : str
            "" where nobody is found.
        how : str
            same, spelling, alias, name, unknown, ambiguous or withdrawn.
        """
        if with_mail := _MAIL.fullmatch(text):  # an export gives both: the e-mail is surer than the name
            by_mail = self.find(with_mail[2])
            return by_mail if by_mail[1] not in ("unknown", "ambiguous") else self.find(with_mail[1])
        key = fold(text)
        who, how = (self.aliases.get(key) or self.aliases.get(bare(text), "")) if self.aliases else "", "alias"
        if not who and key in self.ids:
            who = self.ids[key]
            how = "same" if who == text else "spelling"
        if not who:
            found = self._by_name(text, key)
            if len(found) > 1:
                return "", "ambiguous"
            who, how = (next(iter(found)), "name") if found else ("", "unknown")
        return (who, "withdrawn") if who in self.withdrawn or key in self.withdrawn else (who, how)

    def _by_name(self, text: str, key: str) -> frozenset[str]:
        if key in self.emails:
            return self.emails[key]
        if not self.names:
            return frozenset()
        found = [who for part in candidates(text) if (who := self._named(part))]
        several = [who for part in beside(text) if (who := self._named(part))]
        if len(frozenset().union(*several)) > 1:  # "Ann Lee / Bea Kay" is two people
            return frozenset().union(*several)
        return found[0] if found else frozenset()

    def _named(self, part: str) -> frozenset[str]:
        return self.names.get(bare(part)) or self.loose.get(loose(part)) or frozenset()


def shown(text: str) -> str:
    """A stranger's name without the e-mail that an export gave beside it."""
    found = _MAIL.fullmatch(text)
    return found[1] if found else text
