"""What was recognised in a delivered table: in words, for the terminal, and as a page of its own."""

from pathlib import Path

from upcm_analysis import files
from upcm_analysis.evidence.grids import Finding
from upcm_analysis.evidence.recognition import Table
from upcm_analysis.publish import as_html
from upcm_analysis.publish.imprint import Imprint
from upcm_analysis.words.codelists import LANGUAGES
from upcm_analysis.words.home import home

#: So many rows of the table are shown.
SHOWN = 12
#: What cannot be used: what was found, and what to do about it.
MISFITS = {
    "nl": {
        "undecided": (
            "‘{found}’ in kolom ‘{column}’: duizendtal of decimalen? Geen cel van de kolom beslist het.",
            "zeg welke notatie het is: --notation nl ({nl}) of --notation en ({en})",
        ),
        "mixed notation": (
            "‘{found}’ in kolom ‘{column}’ heeft een andere notatie dan de rest van de kolom",
            "schrijf alle getallen van een kolom op dezelfde manier",
        ),
        "other notation": (
            "‘{found}’ in kolom ‘{column}’ kan niet in notatie ‘{said}’ staan",
            "laat --notation weg, of kijk de kolom na",
        ),
        "eaten": (
            "‘{found}’ in kolom ‘{column}’ heeft drie decimalen. Misschien zag het rekenblad een punt van duizend "
            "voor decimalen aan.",
            "haal het oorspronkelijke bestand op en lees de kolom in als tekst; zijn het echt decimalen: --notation en",
        ),
        "date": (
            "‘{found}’ is een datum tussen andere waarden: het rekenblad maakte die van een getal of code als 5-8",
            "haal de oorspronkelijke waarde op en zet die er als tekst in",
        ),
        "no number": ("‘{found}’ in kolom ‘{column}’ is geen getal", "verbeter de cel, of maak die leeg: onbekend"),
        "mixed units": (
            "‘{found}’ in kolom ‘{column}’ heeft een andere eenheid dan andere cellen",
            "zet alle cellen van de kolom in dezelfde eenheid",
        ),
        "merged number": (
            "het getal ‘{found}’ staat in samengevoegde cellen",
            "splits de cellen en zet elk getal in zijn eigen cel",
        ),
        "hidden rows": (
            "verborgen rijen met inhoud: {which}",
            "maak ze zichtbaar of haal ze weg; of kies --hidden keep (meenemen) of --hidden leave (weglaten)",
        ),
        "hidden columns": (
            "verborgen kolommen met inhoud: {which}",
            "maak ze zichtbaar of haal ze weg; of kies --hidden keep (meenemen) of --hidden leave (weglaten)",
        ),
        "error": ("de cel bevat de fout {found}", "herstel de formule, of maak de cel leeg: onbekend"),
        "formula": ("de formule {found} heeft geen uitkomst", "open het bestand in een rekenblad en sla het daar op"),
        "ragged": (
            "{found} cellen, de meeste rijen hebben er {expected}",
            "zet een cel met een scheidingsteken tussen aanhalingstekens",
        ),
        "no name": ("een kolom zonder naam", "geef de kolom een naam, of zeg met --header hoeveel regels de kop heeft"),
        "same name": (
            "twee kolommen heten ‘{found}’",
            "geef elke kolom een eigen naam, of zeg met --header hoeveel regels de kop heeft",
        ),
        "row without a name": ("een rij zonder naam in de eerste kolom", "geef elke rij een naam"),
        "one column": ("maar één kolom", "kies een bestand met een kolom namen en een of meer kolommen met waarden"),
        "no rows": ("geen rijen onder de kop", "zeg met --header hoeveel regels de kop heeft"),
    },
    "en": {
        "undecided": (
            "‘{found}’ in column ‘{column}’: thousands or decimals? No cell of the column decides it.",
            "say which: --notation nl makes it {nl}, --notation en makes it {en} (a comma stands before decimals here)",
        ),
        "mixed notation": (
            "‘{found}’ in column ‘{column}’ is in another notation than the rest of the column",
            "write all numbers of a column in the same way",
        ),
        "other notation": (
            "‘{found}’ in column ‘{column}’ cannot be in notation ‘{said}’",
            "leave out --notation, or look at the column",
        ),
        "eaten": (
            "‘{found}’ in column ‘{column}’ has three decimals. The spreadsheet may have taken the point of a "
            "thousand for decimals.",
            "get the original file and read the column as text; if they are decimals indeed: --notation en",
        ),
        "date": (
            "‘{found}’ is a date among other values: the spreadsheet made it of a number or code such as 5-8",
            "get the original value and enter it as text",
        ),
        "no number": ("‘{found}’ in column ‘{column}’ is no number", "mend the cell, or empty it: unknown"),
        "mixed units": (
            "‘{found}’ in column ‘{column}’ has another unit than other cells",
            "give all cells of the column in the same unit",
        ),
        "merged number": (
            "the number ‘{found}’ stands in merged cells",
            "split the cells and put each number in its own",
        ),
        "hidden rows": (
            "hidden rows that hold something: {which}",
            "show or delete them; or choose --hidden keep (take them) or --hidden leave (leave them out)",
        ),
        "hidden columns": (
            "hidden columns that hold something: {which}",
            "show or delete them; or choose --hidden keep (take them) or --hidden leave (leave them out)",
        ),
        "error": ("the cell holds the error {found}", "mend the formula, or empty the cell: unknown"),
        "formula": ("the formula {found} has no outcome", "open the file in a spreadsheet and save it there"),
        "ragged": (
            "{found} cells, where most rows have {expected}",
            "put quotes around a cell that holds a delimiter",
        ),
        "no name": ("a column without a name", "name the column, or say with --header how many lines the header has"),
        "same name": (
            "two columns are called ‘{found}’",
            "give each column a name of its own, or say with --header how many lines the header has",
        ),
        "row without a name": ("a row without a name in the first column", "name every row"),
        "one column": ("only one column", "choose a file with a column of names and one or more columns of values"),
        "no rows": ("no rows below the header", "say with --header how many lines the header has"),
    },
}
#: What can be used, and the user should see.
REMARKS = {
    "nl": {
        "encoding": "Het bestand is geen UTF-8; gelezen als Windows-1252. Kloppen deze woorden: {words}?",
        "mojibake": "Letters lijken verkeerd gelezen voordat u het bestand kreeg: {words}.",
        "sheets": "Andere bladen in het bestand, niet gelezen: {names}.",
        "comment": "Opmerking bij een cel, niet overgenomen: {text}",
        "merged": "Samengevoegde cellen: ‘{text}’ geldt voor elk ervan.",
        "hidden rows keep": "Verborgen rijen meegenomen: {which}.",
        "hidden columns keep": "Verborgen kolommen meegenomen: {which}.",
        "hidden rows leave": "Verborgen rijen weggelaten: {which}.",
        "hidden columns leave": "Verborgen kolommen weggelaten: {which}.",
        "empty columns": "Lege kolommen weggelaten.",
        "empty rows": "Lege rijen weggelaten.",
        "spread": "De kop ‘{text}’ geldt ook hier.",
        "no name": "De eerste kolom had geen naam en heet nu ‘{name}’.",
        "codes": "‘{found}’ is als getal opgeslagen; een nul aan het eind van een code (24.10) kan weg zijn.",
        "dates": "Kolom ‘{column}’ bevat alleen datums.",
        "as text": "Kolom ‘{column}’ is gelezen als tekst. Van de {of} gevulde cellen beginnen er {count} met een cijfer.",
        "total": "‘{name}’ is in {good} van de {of} kolommen de som van de andere rijen.",
        "total off": "‘{name}’ is in {good} van de {of} kolommen de som van de andere rijen. Niet in: {off}.",
        "total unknown": "‘{name}’ is een totaal. Optellen kan niet: in elke kolom ontbreekt een getal.",
        "total columns": "Kolommen met een totaal: {names}.",
        "row without figures": "Een rij zonder cijfers, zo overgenomen.",
        "sign without a note": "Een verwijzing zonder noot onder de tabel.",
    },
    "en": {
        "encoding": "The file is not UTF-8; read as Windows-1252. Are these words right: {words}?",
        "mojibake": "Letters seem to have been misread before you got the file: {words}.",
        "sheets": "Other sheets in the file, not read: {names}.",
        "comment": "A comment on a cell, not taken over: {text}",
        "merged": "Merged cells: ‘{text}’ holds for each of them.",
        "hidden rows keep": "Hidden rows taken: {which}.",
        "hidden columns keep": "Hidden columns taken: {which}.",
        "hidden rows leave": "Hidden rows left out: {which}.",
        "hidden columns leave": "Hidden columns left out: {which}.",
        "empty columns": "Empty columns left out.",
        "empty rows": "Empty rows left out.",
        "spread": "The header ‘{text}’ holds here too.",
        "no name": "The first column had no name and is now called ‘{name}’.",
        "codes": "‘{found}’ is stored as a number; a nought at the end of a code (24.10) may be gone.",
        "dates": "Column ‘{column}’ holds dates only.",
        "as text": "Column ‘{column}’ is read as text. Of its {of} filled cells {count} begin with a digit.",
        "total": "‘{name}’ is the sum of the other rows in {good} of {of} columns.",
        "total off": "‘{name}’ is the sum of the other rows in {good} of {of} columns. Not in: {off}.",
        "total unknown": "‘{name}’ is a total. It cannot be added up: a number is missing in every column.",
        "total columns": "Columns with a total: {names}.",
        "row without figures": "A row without figures, taken as it is.",
        "sign without a note": "A sign that leads to no note below the table.",
    },
}
WORDS = {
    "nl": {
        "title": "Nieuwe tabel: {}",
        "kicker": "Wat er is herkend",
        "report": "Verslag van een nieuwe tabel",
        "refused": "Deze tabel past nog niet. Er is niets toegevoegd.",
        "fits": "De tabel past. Kijk of hij goed is gelezen.",
        "misfits": "Wat niet past",
        "misfit": ["Cel", "Gevonden", "Wat u kunt doen"],
        "read": "Hoe het bestand is gelezen",
        "columns": "Kolommen",
        "column": ["Kolom", "Soort", "Eenheid", "Notatie", "Gevuld", "Leeg", "Tekens"],
        "remarks": "Om na te kijken",
        "remark": ["Cel", "Opmerking"],
        "notes": "Titels, noten en bronvermelding bij de tabel",
        "note": ["Cel", "Teken", "Tekst"],
        "table": "De tabel, zoals die wordt opgeslagen",
        "so far": "De tabel, zoals die nu is gelezen",
        "more": "De eerste {shown} van {count} rijen. Getallen staan in Nederlandse notatie.",
        "all": "Alle {count} rijen. Getallen staan in Nederlandse notatie.",
        "kinds": {"label": "naam van de rij", "number": "getal", "period": "jaar", "text": "tekst", "date": "datum"},
        "notations": {"nl": "Nederlands (1.234,5)", "en": "Engels (1,234.5)"},
        "decided": {"said": "{}, zo opgegeven", "cell": "{}, beslist door {}"},
        "facts": {
            "format": "Bestandssoort",
            "encoding": "Codering",
            "delimiter": "Scheidingsteken",
            "sheet": "Blad",
            "rows": "Rijen",
            "columns": "Kolommen",
        },
        "delimiters": {"semicolon": "puntkomma", "tab": "tabteken", "bar": "rechte streep", "comma": "komma"},
        "unknown unit": "niet herkend",
        "addresses": "Celadressen zijn die van een rekenblad: B7 is de tweede kolom, regel 7.",
    },
    "en": {
        "title": "New table: {}",
        "kicker": "What was recognised",
        "report": "Report on a new table",
        "refused": "This table does not fit yet. Nothing was added.",
        "fits": "The table fits. See whether it was read well.",
        "misfits": "What does not fit",
        "misfit": ["Cell", "Found", "What you can do"],
        "read": "How the file was read",
        "columns": "Columns",
        "column": ["Column", "Kind", "Unit", "Notation", "Filled", "Empty", "Signs"],
        "remarks": "To look at",
        "remark": ["Cell", "Remark"],
        "notes": "Titles, notes and source with the table",
        "note": ["Cell", "Sign", "Text"],
        "table": "The table as it is stored",
        "so far": "The table as it is read so far",
        "more": "The first {shown} of {count} rows. Numbers are in Dutch notation.",
        "all": "All {count} rows. Numbers are in Dutch notation.",
        "kinds": {"label": "name of the row", "number": "number", "period": "year", "text": "text", "date": "date"},
        "notations": {"nl": "Dutch (1.234,5)", "en": "English (1,234.5)"},
        "decided": {"said": "{}, as you said", "cell": "{}, decided by {}"},
        "facts": {
            "format": "Kind of file",
            "encoding": "Encoding",
            "delimiter": "Delimiter",
            "sheet": "Sheet",
            "rows": "Rows",
            "columns": "Columns",
        },
        "delimiters": {"semicolon": "semicolon", "tab": "tab", "bar": "vertical bar", "comma": "comma"},
        "unknown unit": "not recognised",
        "addresses": "Addresses are those of a spreadsheet: B7 is the second column, line 7.",
    },
}


def misfit(one: Finding, language: str) -> tuple[str, str, str]:
    """What does not fit, in words: the cell, what was found, and what to do."""
    found, remedy = MISFITS[language][one.code]
    return one.where, found.format(**one.said), remedy.format(**one.said)


def remark(one: Finding, language: str) -> tuple[str, str]:
    """What to look at, in words, with its cell."""
    return one.where, REMARKS[language][one.code].format(**one.said)


def read_as(table: Table, language: str) -> list[tuple[str, str]]:
    """How the file was read: each name with what was found."""
    words = WORDS[language]
    found = {**table.read_as, "rows": str(len(table.rows)), "columns": str(len(table.columns))}
    return [(words["facts"][name], words["delimiters"].get(text, text)) for name, text in found.items()]


def columns(table: Table, language: str) -> list[list[str]]:
    """A row a column: its name, kind, unit, notation with what decided it, filled and empty cells, and its signs."""
    words = WORDS[language]
    rows = []
    for one in table.columns:
        notation = words["notations"].get(one.notation, "")
        if one.decided:
            form = words["decided"]["said" if one.decided == "said" else "cell"]
            notation = form.format(notation, one.decided)
        unit = one.unit or (words["unknown unit"] if one.kind == "number" else "")
        signs = ", ".join(f"{sign} ({count}×)" for sign, count in one.signs.items())
        rows.append([one.name, words["kinds"][one.kind], unit, notation, str(one.filled), str(one.empty), signs])
    return rows


def write(table: Table, name: str, language: str, place: Path | None = None) -> Path:
    """Writes the page about a table, in `reports/added` where no place is given; gives its path."""
    place = place or home() / "reports" / "added" / f"{Path(name).stem}.html"
    files.write(place, page(table, name, language).encode())
    return place


def page(table: Table, name: str, language: str) -> str:
    """The page about a table: self-contained, one language."""
    words, imprint = WORDS[language], Imprint("", "brought", "", "", language, "")
    count, shown = len(table.rows), min(SHOWN, len(table.rows))
    return (
        as_html.environment()
        .get_template("brought.html.j2")
        .render(
            language=language,
            said=words,
            say=imprint.words,
            title=words["title"].format(name),
            description=words["kicker"],
            kind="brought",
            home="",
            edition_line=words["report"],
            others=[],
            imprint=imprint,
            name=name,
            quoted=LANGUAGES[0],
            verdict=words["refused" if table.misfits else "fits"],
            shown=words["so far" if table.misfits else "table"],
            misfits=[misfit(one, language) for one in table.misfits],
            remarks=[remark(one, language) for one in table.remarks],
            read_as=read_as(table, language),
            columns=columns(table, language),
            kinds=[one.kind for one in table.columns],
            header=[one.name for one in table.columns],
            notes=table.notes,
            rows=table.rows[:shown],
            count=words["more" if count > shown else "all"].format(shown=shown, count=count),
        )
    )
