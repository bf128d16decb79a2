"""The proposed source maps of social reporting: they name what the codebook has, and read an export like theirs."""

import pytest

from rakelab import loaders
from rakelab.codebook import codebook
from rakelab.loaders import sources

FORM = codebook("sosiaalinen_raportointi")
MAPS = [name for name in sources.names() if name.endswith("_raportointi")]


def test_there_are_three() -> None:
    assert MAPS == ["laatuportti_raportointi", "questback_raportointi", "webropol_raportointi"]


@pytest.mark.parametrize("name", MAPS)
def test_a_map_is_a_proposal_that_names_what_there_is(name: str) -> None:
    found = sources.source(name)
    assert found.origin == "proposal"
    assert {"ilmoitus_id", "pvm", "suunta", "ilmio_teksti"} <= {variable for variable, _ in found.columns.values()}
    for variable, option in found.columns.values():
        assert variable in FORM
        assert not option or option in FORM[variable].values


EXPORTS = {
    "questback_raportointi": (
        "Vastauksen numero;Vastauspäivä;Ilmoittajan nimi;Esihenkilö;Ilmiö on;Kuvaa ilmiö;"
        "Mitä hallinnonalaa ilmiö koskee",
        '11;3.2.2021;Hilpi Tarunen;Otso Satulainen;Negatiivinen;Jono kasvaa;"Kela; Sosiaalihuolto"',
    ),
    "webropol_raportointi": (
        "Vastaajan numero;Vastausaika;Nimi;Yhteystiedot;4. Havainto on;6. Mitä havaitsit;10. Kela;10. Sosiaalihuolto",
        "11;3.2.2021 klo 9.30;Hilpi Tarunen;Otso Satulainen;Negatiivinen;Jono kasvaa;1;1",
    ),
    "laatuportti_raportointi": (
        "Ilmoitusnumero;Ilmoituspäivä;Ilmoituksen tekijä;Käsittelijä;Ilmoituksen laatu;Ilmiö tai heikko signaali;"
        "Hallinnonala",
        '11;3.2.2021;Hilpi Tarunen;Otso Satulainen;Negatiivinen;Jono kasvaa;"Kela, Sosiaalihuolto"',
    ),
}


@pytest.mark.parametrize("name", MAPS)
def test_an_export_like_it_is_read_without_names(write, name: str) -> None:
    check = loaders.check(write(EXPORTS[name]), FORM, source=name)
    assert check.used == 1, loaders.sentences(check, "fi")
    assert check.dataset is not None
    row = check.dataset.frame.iloc[0]
    assert (row["ilmoitus_id"], row["suunta"], row["ilmio_teksti"]) == ("11", "negatiivinen", "Jono kasvaa")
    assert row["pvm"].date().isoformat() == "2021-02-03"
    assert row["hallinnonala:kela"]
    assert row["hallinnonala:sosiaalihuolto"]
    assert not {"Hilpi Tarunen", "Otso Satulainen"} & set(map(str, row))
    assert not any(one.code == "unmatched_column" for one in check.findings)
