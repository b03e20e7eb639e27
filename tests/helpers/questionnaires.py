"""A questionnaire on the innovation functions, filled in as a respondent would."""

from upcm_analysis.topics.functions.survey_commands import HEADER, SCORE

WHO = {"nl": ("Gegevens", "Bedrijf"), "en": ("About you", "Company")}


def fill(sheet, scores):
    for line, score in enumerate(scores, start=HEADER + 1):
        sheet.cell(line, SCORE).value = score
