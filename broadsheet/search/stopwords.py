"""Words that stand in nearly every text of a language: looking for them costs much and finds nothing."""

_BY_LANGUAGE = {
    "en": """
        a about after all also an and any are as at be been but by can could did do does for from had has have he her
        his how i if in into is it its me my no not of on or our she so than that the their them then there these they
        this to was we were what when which who will with would you your
    """,
    "de": """
        aber als am an auch auf aus bei bin bis das dass dem den der des die doch du durch ein eine einem einen einer er
        es für hat haben ich ihr im in ist kann man mit nach nicht noch nur oder sich sie sind so über um und uns vom
        von vor war was wenn werden wie wir wird zu zum zur
    """,
    "es": """
        a al ante como con cuando de del desde donde e el ella ellos en era es esta este esto fue ha han hay la las le
        les lo los más me mi muy no nos o para pero por que qué se si sin sobre son su sus también te un una unos
        y ya yo
    """,
    "fr": """
        à au aux avec ce ces cette comme dans de des du elle en est et été eux il ils je la le les leur lui ma mais me
        même mes moi mon ne nos notre nous on ont ou où par pas plus pour qu que qui sa se ses si son sont sur ta te tu
        un une vous y
    """,
    "ar": """
        في من على إلى عن أن إن هذا هذه ذلك التي الذي ما لا لم لن كان كانت هو هي هم قد كل أو ثم بعد قبل مع بين حيث
        كما عند و
    """,
}

STOP_WORDS = {language: frozenset(words.split()) for language, words in _BY_LANGUAGE.items()}
"""By the first part of a language's tag, in small letters."""
