"""The research behind the rules: what each paper found, and what the rules take from it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paper:
    authors: str
    year: str
    found: str
    link: str = ""  # to its DOI or its text
    second_hand: bool = False  # known from other people's summaries, not from the paper

    @property
    def name(self) -> str:
        return f"{self.authors} {self.year}"


@dataclass(frozen=True, slots=True)
class Topic:
    taken: str  # what the rules take from it
    papers: list[Paper]


def _doi(name: str) -> str:
    return f"https://doi.org/{name}"


# By the chapter of the page that they stand in.
TOPICS = {
    "sets": Topic(
        "Sets start low and grow only while you recover. They grow slowly, because there is little "
        "evidence that more and more sets help.",
        [
            Paper(
                "Schoenfeld, Ogborn, Krieger",
                "2017",
                "More weekly sets, more growth; each further set adds a little, about 0.4 % of muscle size.",
                _doi("10.1080/02640414.2016.1210197"),
            ),
            Paper(
                "Pelland, Remmert and others",
                "2024, preprint",
                "67 studies, 2,058 people: more sets make muscle grow more, each one less than the one before. "
                "How many days a week they are spread over makes little difference to size.",
            ),
            Paper(
                "Baz-Valle and others",
                "2022",
                "For trained men 12 to 20 weekly sets were enough; only triceps gained from more.",
                "https://pmc.ncbi.nlm.nih.gov/articles/PMC8884877/",
            ),
            Paper(
                "Remmert and others",
                "2025, preprint",
                "After about 11 sets of a muscle in one session, more sets add little.",
                second_hand=True,
            ),
            Paper(
                "Enes and others",
                "2024, 2025",
                "Adding sets every two weeks was compared with keeping them: men got stronger, with no clear "
                "difference in size; the results for women were mixed.",
            ),
            Paper(
                "Schoenfeld, Grgic, Krieger",
                "2019",
                "With the same weekly sets it hardly matters over how many days they are spread.",
            ),
        ],
    ),
    "effort": Topic(
        "Effort rises to 0 in reserve at the end, and stops at 1 where failing is unsafe: that costs no growth.",
        [
            Paper(
                "Refalo and others",
                "2023",
                "Sets to failure made muscle grow a little more at best (effect 0.19, between 0.00 and 0.37); true "
                "failure was not clearly better.",
                _doi("10.1007/s40279-022-01784-y"),
            ),
            Paper(
                "Refalo and others",
                "2024",
                "Trained people, 8 weeks: stopping 1 or 2 reps short made muscle grow as much as failure, with less "
                "fatigue.",
                _doi("10.1080/02640414.2024.2321021"),
            ),
            Paper(
                "Robinson and others",
                "2024",
                "Size gains rise as sets end nearer to failure; strength does not depend on it.",
            ),
            Paper(
                "Halperin and others",
                "2022",
                "People have about one rep more in reserve than they think; they judge better close to failure and "
                "in sets "
                "of 12 reps or fewer.",
                _doi("10.1007/s40279-021-01559-x"),
            ),
        ],
    ),
    "weight": Topic(
        "Reps first, then weight. One exchange rate between the two is used for everybody, and only to "
        "compare you with "
        "yourself.",
        [
            Paper(
                "Plotkin and others",
                "2022",
                "Adding weight or adding reps: the same growth, nearly the same strength.",
                _doi("10.7717/peerj.14142"),
            ),
            Paper("Chaves and others", "2024", "Again no difference between adding weight and adding reps."),
            Paper(
                "Nuzzo and others",
                "2024",
                "952 tests of how many reps people manage at a share of their best: people differ widely, sex, age and "
                "training hardly matter.",
                _doi("10.1007/s40279-023-01937-7"),
            ),
        ],
    ),
    "deload": Topic(
        "Reduce, do not stop. After a break you start lighter and come back quickly.",
        [
            Paper(
                "Coleman and others",
                "2024",
                "A whole week off in the middle of nine: the same size, slightly less strength.",
                _doi("10.7717/peerj.16777"),
            ),
            Paper(
                "A trial in Scientific Reports",
                "2026",
                "Untrained men, less volume in weeks 4 and 8: nothing lost, nothing gained.",
                _doi("10.1038/s41598-026-40612-5"),
            ),
            Paper(
                "Bell and others",
                "2023",
                "What coaches agree on: about a week, fewer reps and sets, less effort, as many sessions.",
                _doi("10.1186/s40798-023-00633-0"),
            ),
            Paper(
                "McMaster and others",
                "2013",
                "Two to three weeks without training cost next to no strength; size begins to go after about four.",
                second_hand=True,
            ),
            Paper(
                "Halonen and others",
                "2024",
                "After ten weeks off, people were back at their old level in about five.",
                second_hand=True,
            ),
        ],
    ),
    "soreness": Topic(
        "Soreness says only whether you have recovered. Pump is the weakest of all inputs, and chooses only "
        "within what "
        "soreness and performance allow.",
        [
            Paper("Schoenfeld, Contreras", "2013", "Soreness tells little about growth."),
            Paper("Schoenfeld, Contreras", "2014", "A pump may help growth; the evidence is indirect."),
        ],
    ),
}
