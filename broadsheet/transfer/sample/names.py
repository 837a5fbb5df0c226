"""The people of a long thread: invented names, written as people write them under a text."""

import random

_GIVEN = (
    "Aldous Amaia Anouk Arvid Astrid Beata Benno Birgit Blaise Bryn Calla Casimir Cosima Dagmar Davit Delphine Dov "
    "Edda Eilidh Einar Elio Emeka Enid Esra Fabian Fenna Fergus Fiammetta Flor Garnet Gisela Goran Greta Gwil Hanne "
    "Haru Hedda Hilde Idris Ilse Imke Inigo Iona Isaura Jarl Jonna Jun Kaia Kees Kit Lale Leif Lindiwe Lore Ludo Maeve "
    "Malin Matteo Mirjam Nadia Neve Nils Noé Odd Olwen Orla Orsolya Otto Pascal Perpetua Pim Quill Ragnar Rhona Rosheen "
    "Ruben Saskia Selim Signe Søren Tamsin Tariq Thea Tomasz Ulrik Una Valdis Vesna Wanda Wim Xenia Yara Ylva Zita"
).split()
_FAMILY = (
    "Ackroyd-Venn Almqvist Arkwell Barrowby Bellweather Bjarke Brackish Calloway-Roe Corvane Dahlgaard Dreng Dunnock "
    "Eastwater Ekdahl Fairlead Farrant Fisk Garboard Grieve Gudmund Halloran-Pike Hawser Ivarsen Jolley Keelby Kittiwake "
    "Lanyard Larch Lobb Marlowe-Tay Mizzen Nankervey Oakum Ormstad Pintle Plover Quayle-Moss Ratline Rosvold Sandling "
    "Scarfe Skjold Sprit Stavely Tarn Thole Topsy-Wren Uldall Vang Wherry Withy Yarborough-Lunt"
).split()
_HOUSES = (
    "The attic in Rope Walk|Number 4|Number 12, back|Second floor|The ticket office|Somebody on Salt Hill|The pink house|"
    "Gull Stairs, bottom|The signal box|Left-hand bell|The lodger|Night shift, fish quay|Trombone|The boatyard|Early riser|"
    "The other Hanne|Window box|Mast Yard|Corner shop|Third chimney|The aunt|Harbour swimmer|Berth 9|The stairs|A gull"
).split("|")
_SIZE = 200


def cast(rng: random.Random) -> list[str]:
    """Two hundred names: some whole, some with a letter, some only the first, some the name of a window."""
    people = [_written(rng, given) for given in _GIVEN]
    people += [f"{given} {rng.choice(_FAMILY)}" for given in rng.sample(_GIVEN, _SIZE - len(people) - len(_HOUSES))]
    return people + _HOUSES


def _written(rng: random.Random, given: str) -> str:
    family = rng.choice(_FAMILY)
    return rng.choice((given, given, f"{given} {family[0]}.", f"{given} {family}"))
