"""The programme's mark, and how sure it is."""

from __future__ import annotations

from kmnet.outputs.spec import COHORT, KEYS, NETWORK, Column, TableSpec

TABLES = (
    TableSpec(
        "effect",
        "network, cohort, test",
        (
            NETWORK,
            COHORT,
            Column(
                "test",
                "key",
                "formation, association_change, placebo, gained_lost, persistence, rate_change, negative_control"
                " (logs) or verdict.",
            ),
            Column(
                "outcome",
                "key",
                "primary; secondary (p corrected together, Holm); exploratory (for false discoveries).",
            ),
            Column("exposure", "key", "What pairs shared."),
            Column("estimate", "number", "Odds ratio; of rate_change a ratio of rate ratios."),
            Column("low", "number", "Lower end of the 95 % interval."),
            Column("high", "number", "Upper end."),
            Column(
                "risk_difference",
                "number",
                "Of the pairs at risk that shared it, how many more are tied than would be had they not, by the fitted "
                "model (formation, placebo, gained_lost, persistence; the verdict has that of formation).",
            ),
            Column("p", "p", "p of no effect."),
            Column("p_adjusted", "p", "p after correction over the family."),
            Column(
                "family",
                "text",
                "What p_adjusted is corrected over: the secondary (Holm) or exploratory (Benjamini-Hochberg) outcomes of "
                "the cohort, each test by itself.",
            ),
            Column("exposed_pairs", "count", "Pairs at risk that shared the exposure."),
            Column("exposed_ties", "count", "Of those, tied after."),
            Column("other_pairs", "count", "Pairs at risk that did not."),
            Column("other_ties", "count", "Of those, tied after."),
            Column("people", "people", "People the test rests on."),
            Column("draws", "count", "Permutations."),
            Column("verdict", "key", "supported, suggestive, mixed, not_shown or cannot_be_tested."),
            Column("note", "text", "Why, in words."),
        ),
    ),
    TableSpec(
        "associations",
        "network, cohort, moment, model, term",
        (
            *KEYS,
            Column("model", "key", "Place of the model in the config; 0 compares the two moments."),
            Column(
                "method",
                "key",
                "correlation (QAP), or how a regression renames people: double_semi_partialling, freedman_lane or "
                "y_permutation.",
            ),
            Column("family", "key", "linear or logistic; empty for a correlation."),
            Column("term", "key", "Predictor, or intercept; of a correlation the other network or its moment."),
            Column("estimate", "number", "Correlation, or coefficient (logistic: log odds)."),
            Column("statistic", "number", "Classical t of the coefficient; logistic: Wald z."),
            Column("p", "p", "Share of renamings of people that give as large a statistic, two-sided."),
            Column("rows", "count", "Pairs that the model rests on."),
            Column("people", "people", "People who answered, without facilitators."),
            Column("draws", "count", "Renamings."),
            Column("r_squared", "share", "Share of the outcome's variance told by the predictors (linear)."),
            Column("note", "text", "Why something was not found."),
        ),
    ),
    TableSpec(
        "sensitivity",
        "network, cohort, scenario, share dropped",
        (
            NETWORK,
            COHORT,
            Column("scenario", "key", "What is assumed of those who did not answer, or what is dropped at random."),
            Column("dropped", "share", "Share dropped: of ties, people or answers."),
            Column("difference", "number", "Change of ties per person (mean over draws where something is dropped)."),
            Column("low", "number", "Lower end of the middle 95 % of draws."),
            Column("high", "number", "Upper end."),
            Column("top_five_kept", "number", "Of the five highest in betweenness after, how many stay (mean)."),
            Column("verdict", "key", "Verdict of the programme's mark: of the intact study where losses are drawn."),
            Column("verdict_kept", "share", "Share of draws in which the verdict stays that of the intact study."),
            Column("draws", "count", "Losses drawn."),
            Column("note", "text", "What the scenario means."),
        ),
    ),
)
