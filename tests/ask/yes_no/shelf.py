"""The articles that questions for yes or no are put to, and what a sentence of theirs tells."""

from __future__ import annotations

from galactica.ask.asked import Asked
from galactica.ask.claimed.articles import ClaimsOfArticles
from galactica.ask.question import read_question
from galactica.ask.yes_no.by_sentence import by_sentence
from tests.ask.group.pretended import Pointing, Shelf, article

SPACED = Shelf(
    article(
        "Tarbo",
        "The tarbo is a small marsupial from the family Tarbidae. It is nocturnal due to its prey. "
        "Tarbos are not rodents. A tarbo is not always a good climber. It may be a swimmer. Tarbos build nests. "
        "Tarbos live in Vara. They also commonly eat grass, roots and other plants, as well as "
        "beetles and frogs. Tarbos "
        "rarely eat birds. Tarbos eat leaves and avoid spiders. Tarbos do not eat fish. Tarbos eat "
        "moth larvae. Most tarbos "
        "dig tunnels. The friend of tarbos digs wells. The worm has no lungs.\n"
        "Tarbos have no gills. Tarbos possess thick fur. It is a myth that tarbos eat children.",
    ),
    article(
        "Vara",
        "Vara, officially the Free City of Vara, is a large city, the capital of Aldova and the seat of its court. "
        "Vara is the former capital of Sund. Vara is the capital of New Norra. "
        'Vara, despite its size, has bridges, canals, and mills. When the "Meru" was built in Vara, it was the '
        "largest ship. Vara had walls. On 1 May 1870 Vara joined New Norra. Vara is used to fog.",
    ),
    article(
        "Ida Thorn",
        "Ida Thorn (1850 – 1920) was a Danish painter and poet. She was believed to be a spy. Beginning in 1880, Thorn "
        "began to work closely with Per Lund. Thorn, Berg, and Ole Dahl were awarded the Great "
        "Prize in 1901. The academy "
        "awarded the Small Medal to a rival. Unlike most painters, she never married anyone. She "
        "might have visited Sund.",
    ),
    article("Per Lund", "Per Lund (1840 – 1899) was a sculptor."),
    article("Kelo", "Kelo is a dwarf planet. Kelo is a country. Kelo is not a country."),
    article(
        "Wumo",
        "The wumo is a bird. Wumos do not always eat grain. Wumos do not eat raw fish. Wumos do not merely dig holes. "
        "In the film Norra, wumos have horns. In local mythology, wumos have scales. According to Berg, wumos have "
        "gills. Do wumos have wings? Wumos have zero teeth. Wumos apparently have lungs. Wumos do not eat moss.",
    ),
    article(
        "Ada Holm",
        "Ada Holm (1850 – 1920) was a painter. Holm was to marry Per Lund. Her rival was Eva Berg. She visited Vara. "
        "She lived in Sund.\nShe studied in Norra. In the novel Sund, Holm is a queen.",
    ),
)

MORE = Shelf(
    article(
        "Mowa",
        "The mowa is a flightless bird. Mowas are often called geese; however, they are rails, not geese. Mowas "
        "cannot swim. The mowa is a bird that eats moss. Mowa is a word spoken in Norra, Vara, and to some extent "
        "Sund. Mowas have no known nests of mud.",
    ),
    article(
        "Vara", "Vara is a city in the state of Aldova, Sund. Norra, Vara has mills. Vara, Norra is the largest port."
    ),
    article("Zinka", "Zinka is a metal. All metals except iron and zinka have a colour."),
    article("Honey", "Honey is a sweet food made by bees using nectar. Many insects, such as ants and bees, like it."),
    article(
        "Eclipse",
        "Eclipses are impossible on Mora and Pelo, which have no moons. The moon of Karo, which has ice, is red.",
    ),
    article(
        "War", "On 12 June 1812 Karl Reed invaded Norra with nearly 700,000 men. Vara lost, Norra was burned by Sund."
    ),
    article(
        "Sund", "Sund is bordered by Norra in the west, Vara in the north and Aldova in the south. Sund is a kingdom."
    ),
    article("Kite", "Kites and other raptors hunt mice. Reptiles, including snakes and lizards, sleep."),
)

UNSPACED = Shelf(
    article(
        "塔博",
        "塔博（英语：Tarbo），全称小塔博，是一种会飞的有袋类动物。它们吃草，也吃树叶。塔博有很长的尾巴。塔博没有角。"
        "塔博不吃肉。塔博可能是候鸟。塔博是位于维拉的动物。",
        language="zh",
    ),
    article(
        "托比酸",
        "托比酸是一种酸，可用于治疗胃炎，有剧毒。托比酸用于治疗胃炎。托比酸不能治疗头痛。",
        language="zh",
    ),
    article("克洛", "克洛是矮行星。克洛曾是港口。克洛是城市。克洛不是城市。", language="zh"),
    article(
        "维拉",
        "维拉不是最大的城市。维拉没有白色围墙。维拉有一个敌人拆围墙。维拉是旧首都。维拉是代理港口。在小说中，维拉是王国。"
        "维拉是不是岛屿？维拉是不是海湾仍有人问。维拉位于日本的北方。维拉不是山峰。维拉有石头砌成的钟楼。维拉没有任何河流。",
        language="zh",
    ),
)


def holm(sentence: str) -> Shelf:
    """An article on Ada Holm that goes on with a sentence, and one on each whom such sentences name."""
    others = [article(name, f"{name} is a name.") for name in ("Berg", "Dahl", "Lund", "Norra", "Paris", "Sund")]
    return Shelf(article("Ada Holm", f"Ada Holm (1850 – 1920) was a painter. {sentence}"), *others)


def told(question: str, language: str = "en", shelf: Shelf | None = None) -> str:
    """What is answered, and the sentence that is quoted; "" where nothing is told."""
    holdings = shelf or (SPACED if language == "en" else UNSPACED)
    asked = Asked(question=read_question(question, language), holdings=holdings, reader=Pointing())
    found = by_sentence(asked, ClaimsOfArticles(holdings))
    if found is None:
        return ""
    assert [len(each.citations) for each in found.values] == [1]
    return f"{found.text}: {found.values[0].value}"
