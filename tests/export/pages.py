"""A small page of a report, as this project writes them, and its folder."""

import json
from hashlib import sha256

PAGE = """<!doctype html>
<html lang="fi"><head><title>Koe</title><style>p { color: red; }</style></head><body>
<header><p>rakelab</p></header>
<aside class="synthetic"><p>Keksitty aineisto.</p></aside>
<nav><p>Sisällys</p></nav>
<main><h1>Tarpeet, Kuhmo, 2020</h1><p>Yksi rivi
 on yksi <b>arviointi</b>.</p>
<ul class="findings"><li>Talous kasvoi.<br><span class="interval">väli 2–9</span></li><li>Muu ei muuttunut.</li></ul>
<h2>Tarpeet</h2>
<figure data-file="01-bars"><figcaption><h3 id="kuvio-1">Talous kasvoi</h3><p>Osuus, n = 12</p></figcaption>
<svg class="fig wide" role="img" aria-label="Pylväät: kaksi." viewBox="0 0 90 30">\
<rect class="f ink" width="90" height="30"/></svg>
<svg class="fig narrow" role="img" aria-label="Pylväät: kaksi." viewBox="0 0 9 9"><text>7</text></svg></figure>
<details><summary><h3 id="taulukko-1">Tarpeet (n = 12)</h3></summary><div><table>
<caption><span class="vh">Tarpeet (n = 12)</span></caption>
<thead><tr><th scope="col">Tarve</th><th scope="col">Määrä</th><th scope="col">Ero</th></tr></thead>
<tbody><tr><th scope="rowgroup" colspan="3">Kaikki</th></tr>
<tr><th scope="row">=Talous</th><td>7 <span class="count">(58&nbsp;%)</span></td><td>+3</td></tr>
<tr><th scope="row">Muu</th><td class="hidden"><span aria-hidden="true">··</span><span class="vh">
peitetty</span></td><td>−2</td></tr></tbody></table></div><p class="key">·· luku on peitetty.</p></details>
<dl><dt>Lomake</dt><dd>palvelutarve</dd><dd>versio 1</dd></dl></main>
<footer><p>loppu</p></footer></body></html>
"""


def write(folder, page=PAGE, languages=("fi",), files=None):
    """The folder of a report with its page, as if we had just written it."""
    pages = {f"report.{lang}.html": page.replace('lang="fi"', f'lang="{lang}"') for lang in languages}
    files = {"released.json": "{}", "report.ipynb": "{}", **pages, **(files or {})}
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    listed = {name: sha256(text.encode()).hexdigest() for name, text in files.items()}
    told = {"format": "rakelab-provenance-1", "languages": list(languages), "files": listed}
    told |= {"made": "2026-11-02T12:00:00+00:00"}
    (folder / "provenance.json").write_text(json.dumps(told), encoding="utf-8")
    return folder
