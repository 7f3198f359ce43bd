"""KM9xx: published tables that are checked."""

from __future__ import annotations

from kmnet.codes.code import Code

CODES = (
    Code(
        "KM901",
        "nothing-to-check",
        "error",
        "The table has no column that can be checked.",
        "Give headings such as n, ties, density, mean_degree, internal, external, ei, n1, n2, respondents or response.",
    ),
    Code(
        "KM902",
        "cell-not-checked",
        "warning",
        "A cell of the table is not a number (a density of a whole number needs a % sign), so it was not checked.",
        "Write it as printed, such as .142, 14.2 % or 0,142.",
    ),
    Code(
        "KM903",
        "density-does-not-add-up",
        "error",
        "No denominator in use turns the printed ties (or mean degree) into the printed density.",
        "Look for a slip in ties, people or density; ask the authors which pairs counted as possible.",
    ),
    Code(
        "KM904",
        "density-of-another-kind",
        "warning",
        "The printed density fits the ties only with a denominator that is not the one for such a network.",
        "Name the denominator beside the number, or compute the density anew before comparing it.",
    ),
    Code(
        "KM905",
        "mean-degree-does-not-add-up",
        "error",
        "Ties and people do not give the printed mean degree, counted either way.",
        "Look for a slip in ties, people or mean degree.",
    ),
    Code(
        "KM906",
        "ei-does-not-add-up",
        "error",
        "External and internal ties do not give the printed E-I index.",
        "E-I is (external - internal) / (external + internal): look for a slip or another definition.",
    ),
    Code(
        "KM907",
        "response-does-not-add-up",
        "error",
        "Respondents over people asked do not give the printed response rate.",
        "Look for a slip in either count.",
    ),
    Code(
        "KM908",
        "mixed-denominators",
        "warning",
        "The rows' densities rest on different denominators, so a difference between them means nothing.",
        "Compute all of them over the same kind of possible ties.",
    ),
    Code(
        "KM909",
        "adds-up",
        "note",
        "The numbers of this row agree with one another, as far as their decimals tell.",
        "Nothing to do.",
    ),
    Code(
        "KM910",
        "impossible-number",
        "error",
        "A printed number lies outside what any network could have, such as an E-I index of 1.4.",
        "Look for a slip, or for a heading that says something else than it seems to.",
    ),
)
